"""The HX711 bank on simulated wires: everything the chips convert, nothing that they did not."""

import itertools

import pytest

from drivers.conversion import Flag
from drivers.hx711 import ChipState
from drivers.sim.hx711 import Behaviour, ChipFault
from tests.support.wire import RATES_SPS, Wire, make_wire

BEHAVIOURS = [
    Behaviour(unsettled=unsettled, mid_read=mid_read, wake_gain=wake_gain, noise_counts=0.0)
    for unsettled, mid_read, wake_gain in itertools.product(
        ("held", "shown"), ("replaced", "revoked"), ("reset", "kept")
    )
]


def delivered_share(wire: Wire) -> float:
    return sum(len(wire.good(n)) for n in range(4)) / sum(c.conversions for c in wire.chips)


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=str)
@pytest.mark.parametrize("preemptions_hz", [0, 20, 200, 1000])
def test_no_wrong_value_is_ever_delivered_as_valid(behaviour, preemptions_hz):
    wire = make_wire(behaviour, preemptions_hz=preemptions_hz)
    wire.run(2.0)
    assert wire.wrong() == []
    assert len(wire.good(0)) > 50


@pytest.mark.parametrize("call_ns", [400, 2000])
def test_an_undisturbed_bank_delivers_all_conversions_within_the_pin_call_budget(call_ns):
    wire = make_wire(call_ns=call_ns)
    wire.run(4.0)
    assert delivered_share(wire) >= 0.99
    assert wire.gpio.calls / sum(len(wire.good(n)) for n in range(4)) <= 110


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
        (ChipFault.UNPLUGGED, ChipState.SILENT),
        (ChipFault.STUCK_HIGH, ChipState.SILENT),
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


@pytest.mark.parametrize("wake_gain", ["reset", "kept"])
def test_gain_64_is_trusted_only_after_it_took_effect(wake_gain):
    wire = make_wire(
        Behaviour(unsettled="shown", wake_gain=wake_gain, noise_counts=0.0),
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
