"""The HX711 bank on simulated wires: everything the chips convert, nothing that they did not."""

import itertools

import pytest

from drivers.conversion import Flag
from drivers.hx711 import ChipState
from drivers.sim.hx711 import Behaviour, ChipFault
from tests.support.wire import RATES_SPS, Wire, make_wire

BEHAVIOURS = [
    Behaviour(
        unsettled=unsettled,
        mid_read=mid_read,
        wake_gain=wake_gain,
        noise_counts=0.0,
        first_settled=5 if unsettled == "shown" else 4,
    )
    for unsettled, mid_read, wake_gain in itertools.product(
        ("held", "shown"), ("replaced", "revoked"), ("reset", "kept")
    )
]


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=str)
@pytest.mark.parametrize("preemptions_hz", [0, 20, 200, 1000])
def test_no_wrong_value_is_ever_delivered_as_valid(behaviour, preemptions_hz):
    wire = make_wire(behaviour, preemptions_hz=preemptions_hz)
    wire.run(2.0)
    assert wire.wrong() == []
    assert len(wire.good(0)) > 50


def settled_wire(*args, **kwargs) -> Wire:
    """A wire whose chips have settled and whose driver knows their periods."""
    wire = make_wire(*args, **kwargs)
    wire.run(1.0)
    wire.count_from_now()
    return wire


@pytest.mark.parametrize("call_ns", [400, 2000])
def test_an_undisturbed_bank_delivers_all_conversions_within_the_pin_call_budget(call_ns):
    wire = settled_wire(call_ns=call_ns)
    wire.run(3.0)
    assert wire.delivered_share() >= 0.99
    assert wire.calls_per_delivery() <= 110


@pytest.mark.parametrize(("preemptions_hz", "share"), [(20, 0.98), (200, 0.95)])
@pytest.mark.parametrize("unsettled", ["held", "shown"])
def test_slow_pin_calls_and_preemptions_cost_few_conversions(preemptions_hz, share, unsettled):
    wire = settled_wire(
        Behaviour(unsettled=unsettled, noise_counts=0.0),
        call_ns=2000,
        preemptions_hz=preemptions_hz,
    )
    wire.run(10.0)
    assert wire.delivered_share() >= share
    assert wire.calls_per_delivery() <= 110


def test_values_come_in_order_and_none_twice():
    wire = make_wire(preemptions_hz=200)
    wire.run(2.0)
    for number in range(4):
        times = [(c.busy_ns, c.ready_ns) for c in wire.good(number)]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(times))


def test_the_measured_rate_is_the_chips_own():
    wire = make_wire()
    wire.run(3.0)
    rates = [chip.counters.rate_sps for chip in wire.bank.chips]
    assert rates == pytest.approx(RATES_SPS, rel=0.01)


@pytest.mark.parametrize("fault", list(ChipFault), ids=lambda f: f.value)
def test_one_bad_chip_costs_the_others_nothing(fault):
    healthy, broken = make_wire(), make_wire()
    broken.chips[1].fault = fault
    for wire in (healthy, broken):
        wire.run(3.0)
    for number in (0, 2, 3):
        assert len(broken.good(number)) >= len(healthy.good(number)) - 1


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (ChipFault.UNPLUGGED, ChipState.NOT_CONNECTED),
        (ChipFault.STUCK_HIGH, ChipState.STUCK_HIGH),
        (ChipFault.STUCK_LOW, ChipState.STUCK_LOW),
        (ChipFault.SLOW, ChipState.SLOW),
    ],
)
def test_a_chip_says_what_its_line_looks_like(fault, state):
    wire = make_wire()
    wire.chips[1].fault = fault
    wire.run(3.0)
    assert wire.bank.chips[1].state is state


def test_a_stuck_line_delivers_nothing_as_valid():
    wire = make_wire()
    wire.chips[1].fault = ChipFault.STUCK_LOW
    wire.run(2.0)
    assert wire.good(1) == []


def test_saturation_is_flagged():
    wire = make_wire()
    wire.chips[1].fault = ChipFault.SATURATED
    wire.run(1.0)
    flags = {c.flags for c in wire.delivered[1]}
    assert Flag.SATURATED in flags
    assert wire.good(1) == []


def test_a_chip_that_is_plugged_in_again_comes_back_and_settles_first():
    wire = make_wire(Behaviour(unsettled="shown", noise_counts=0.0))
    wire.chips[1].fault = ChipFault.UNPLUGGED
    wire.run(2.0)
    wire.chips[1].fault = None
    wire.run(2.0)
    assert wire.bank.chips[1].state is ChipState.RUNNING
    assert wire.wrong() == []
    assert len(wire.good(1)) > 80


@pytest.mark.parametrize("unsettled", ["held", "shown"])
@pytest.mark.parametrize("wake_gain", ["reset", "kept"])
def test_gain_64_is_trusted_only_after_it_took_effect(wake_gain, unsettled):
    wire = make_wire(
        Behaviour(unsettled=unsettled, wake_gain=wake_gain, noise_counts=0.0),
        gain=64,
        preemptions_hz=50,
    )
    wire.run(3.0)
    assert wire.wrong(gain=64) == []
    assert len(wire.good(0)) > 100


def test_a_pause_of_the_reader_makes_doubt_not_wrong_values():
    wire = make_wire()
    wire.run(0.5)
    for _ in range(20):
        wire.clock.advance(11_300_000)
        wire.run(0.1)
    assert wire.wrong() == []
    reasons = set().union(*(chip.counters.doubtful for chip in wire.bank.chips))
    assert "late" in reasons


@pytest.mark.parametrize("pause_s", [0.004, 0.02, 0.1, 0.3])
def test_a_chip_that_lost_power_for_a_moment_settles_first(pause_s):
    wire = settled_wire(Behaviour(unsettled="shown", noise_counts=0.0))
    wire.chips[1].fault = ChipFault.UNPLUGGED
    wire.run(pause_s)
    wire.chips[1].fault = None
    wire.run(1.0)
    assert wire.wrong() == []
    assert wire.bank.chips[1].counters.doubtful["gap"] >= 1
    assert wire.bank.chips[1].state is ChipState.RUNNING


def test_the_settling_time_starts_with_the_edge_that_woke_the_chip_up():
    wire = settled_wire(Behaviour(unsettled="shown", noise_counts=0.0))
    chip = wire.bank.chips[0]
    write = chip._pins.write

    def stalled_once(pin: int, level: int) -> None:
        chip._pins.write = write
        wire.clock.advance(40_000_000)
        write(pin, level)

    for _ in range(10):
        chip._recover(gain_kept=True)
        chip._pins.write = stalled_once
        wire.run(0.2)
    assert wire.wrong() == []


def test_after_a_complete_read_the_first_one_after_wake_up_sets_the_gain_anew():
    wire = settled_wire(Behaviour(unsettled="shown", wake_gain="kept", noise_counts=0.0))
    for _ in range(30):
        wire.clock.advance(11_300_000)  # late: the power-down's edge is then the 26th pulse
        wire.run(0.15)
    assert wire.wrong() == []


def test_a_first_read_that_is_broken_leaves_the_gain_to_be_set_by_the_next():
    wire = settled_wire(Behaviour(unsettled="shown", wake_gain="kept", noise_counts=0.0))
    chip = wire.bank.chips[0]
    write = chip._pins.write

    def long_pulse_once(pin: int, level: int) -> None:
        if pin == chip.sck and level == 0 and chip._down_since_ns is None:
            chip._pins.write = write
            wire.clock.advance(55_000)
        write(pin, level)

    for _ in range(30):
        wire.clock.advance(11_300_000)  # late: the power-down's edge is the 26th pulse
        wire.run(0.002)
        chip._pins.write = long_pulse_once
        wire.run(0.2)
    assert wire.wrong() == []
    assert chip.counters.doubtful["long pulse"] >= 10
