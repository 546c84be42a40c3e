"""The NAU7802 bank on a simulated bus: everything the chips convert, nothing that they did not."""

import errno
import itertools
from dataclasses import replace
from types import MethodType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.conversion import Flag
from drivers.nau7802 import NauState
from drivers.sim.nau7802 import NauBehaviour, NauFault
from drivers.sim.smbus import BusFault
from tests.support.nau_wire import SPEEDS, make_nau_wire

START_S = 1.3  # power-up, calibration, settling
BEHAVIOURS = [
    NauBehaviour(unsettled=unsettled, mid_read=mid_read, ready_ends=ready_ends, noise_counts=0.0)
    for unsettled, mid_read, ready_ends in itertools.product(
        ("held", "shown"), ("whole", "torn"), ("first", "last")
    )
]
SILENT = {
    NauFault.UNPLUGGED: NauState.NO_ANSWER,
    NauFault.FROZEN: NauState.SILENT,
    NauFault.RESETS: NauState.RESETTING,
    NauFault.UNCALIBRATED: NauState.NOT_CALIBRATED,
}


def started(*args, **kwargs):
    """A wire whose chips deliver and whose periods are known."""
    wire = make_nau_wire(*args, **kwargs)
    wire.run(START_S + 1.0)
    wire.count_from_now()
    return wire


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=str)
@pytest.mark.parametrize("preemptions_hz", [0, 200, 1000])
def test_no_wrong_value_is_ever_delivered_as_valid(behaviour, preemptions_hz):
    wire = make_nau_wire(behaviour, preemptions_hz=preemptions_hz)
    wire.run(START_S + 1.0)
    assert wire.wrong() == []
    assert len(wire.good(0)) > 50


def test_a_start_bit_that_does_not_stay_is_no_reset():
    wire = started(NauBehaviour(start_stays=False, noise_counts=0.0))
    wire.run(1.0)
    assert len(wire.good(0)) > 60
    assert wire.bank.chips[0].counters.recoveries == 0


@pytest.mark.parametrize(("preemptions_hz", "share"), [(0, 0.995), (200, 0.99), (1000, 0.97)])
def test_nearly_all_conversions_are_delivered(preemptions_hz, share):
    wire = started(preemptions_hz=preemptions_hz)
    wire.run(5.0)
    assert wire.delivered_share() >= share


def test_a_conversion_costs_a_dozen_transfers():
    wire = started()
    wire.run(3.0)
    assert wire.calls_per_delivery() <= 12


def test_values_come_in_order_and_none_twice():
    wire = started(preemptions_hz=200)
    wire.run(2.0)
    for number in range(4):
        times = [(c.busy_ns, c.ready_ns) for c in wire.good(number)]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(times))


def test_a_conversion_is_dated_to_three_milliseconds():
    wire = started()
    wire.run(3.0)
    widths_ns = [c.ready_ns - c.busy_ns for number in range(4) for c in wire.good(number)]
    assert max(widths_ns) < 3_000_000


def test_the_measured_rate_is_the_chips_own():
    wire = started()
    rates = [chip.counters.rate_sps for chip in wire.bank.chips]
    assert rates == pytest.approx([80 * speed for speed in SPEEDS], rel=0.01)


def test_nothing_is_delivered_before_power_up_calibration_and_settling_are_over():
    wire = make_nau_wire()
    states = []
    wire.run(START_S, lambda: states.append(wire.bank.chips[0].state))
    assert [state for state, _ in itertools.groupby(states)] == [
        NauState.STARTING,
        NauState.RUNNING,
    ]
    assert wire.good(0)[0].busy_ns - 1_000_000_000 > 1_050_000_000  # 0.6 + 0.34 + 0.11 s
    assert {c.flags for c in wire.delivered[0]} == {Flag.SETTLING, Flag(0)}


@pytest.mark.parametrize("fault", list(NauFault), ids=lambda f: f.value)
def test_one_bad_chip_costs_the_others_nothing(fault):
    wires = healthy, broken = started(), started()
    broken.chips[1].fault = fault
    for wire in wires:
        wire.run(3.0)
    for number in (0, 2, 3):
        assert len(broken.good(number)) >= len(healthy.good(number)) - 1
    assert broken.wrong() == []


@pytest.mark.parametrize(("fault", "state"), SILENT.items(), ids=lambda f: f.value)
def test_a_chip_says_what_it_looks_like(fault, state):
    wire = make_nau_wire()
    wire.chips[1].fault = fault
    wire.run(4.0)
    assert [chip.state is NauState.RUNNING for chip in wire.bank.chips] == [True, False, True, True]
    assert wire.bank.chips[1].state is state


def test_saturation_is_flagged():
    wire = started()
    wire.chips[1].fault = NauFault.SATURATED
    wire.run(0.1)
    wire.count_from_now()
    wire.run(1.0)
    assert {c.flags for c in wire.delivered[1]} == {Flag.SATURATED}
    assert wire.bank.chips[1].state is NauState.RUNNING


def test_a_chip_that_is_plugged_in_again_is_calibrated_and_settles_first():
    wire = started()
    wire.chips[1].fault = NauFault.UNPLUGGED
    wire.run(1.0)
    assert [c.flags for c in wire.delivered[1] if not c.good] == [Flag.TIMEOUT]
    wire.chips[1].fault = None
    wire.run(2.5)
    assert wire.bank.chips[1].state is NauState.RUNNING
    assert wire.wrong() == []
    assert len(wire.good(1)) > 80


def test_a_chip_that_was_reset_for_a_moment_keeps_its_zero():
    wire = started()
    registers = wire.chips[1]._registers
    calibrated = registers[3:6]
    wire.chips[1].reset()
    began_ns = wire.clock.now_ns()
    wire.run(1.2)
    first = next(c for c in wire.good(1) if c.busy_ns > began_ns + 20_000_000)
    assert first.busy_ns - began_ns < 900_000_000  # no calibration: 0.6 + 0.11 s
    assert wire.chips[1]._registers[3:6] == calibrated != [0, 0, 0]
    assert wire.wrong() == []


@pytest.mark.parametrize("at_ms", [*range(0, 1300, 41), 611, 612, 1018, 1019])
def test_a_reset_at_any_moment_of_the_start_leaves_no_wrong_value(at_ms):
    wire = make_nau_wire()
    wire.run(at_ms / 1000)
    wire.chips[1].reset()
    wire.run(3.0)
    assert wire.wrong() == []
    assert wire.bank.chips[1].state is NauState.RUNNING


@pytest.mark.parametrize("byte", range(3))
def test_a_reset_in_mid_read_leaves_no_value(byte):
    wire = started()
    chip = wire.chips[1]
    original = type(chip)._adc_byte

    def resets(self, place):
        value = original(self, place)
        if place == byte:
            self.reset()
        return value

    chip._adc_byte = MethodType(resets, chip)
    wire.run(0.05)
    del chip._adc_byte
    wire.run(1.5)
    assert wire.wrong() == []
    assert wire.bank.chips[1].counters.doubtful["reset"] == 1


def test_a_conversion_that_ends_in_mid_read_leaves_no_value():
    wire = started(NauBehaviour(mid_read="torn", ready_ends="first", noise_counts=0.0))
    chip = wire.chips[1]
    original = type(chip)._adc_byte

    def overtaken(self, place):
        value = original(self, place)
        if place == 1:
            self._finish_conversion(wire.clock.now_ns())
        return value

    chip._adc_byte = MethodType(overtaken, chip)
    wire.run(0.1)
    assert [c.flags for c in wire.delivered[1]] == [Flag.DESYNC] * len(wire.delivered[1])
    assert wire.bank.chips[1].counters.doubtful["overrun"] > 4
    del chip._adc_byte
    wire.run(0.5)
    assert wire.wrong() == []


@pytest.mark.parametrize("byte", range(3))
def test_a_set_that_was_read_in_part_is_not_delivered(byte):
    wire = started()
    chip = wire.chips[1]
    original = type(chip)._adc_byte

    def breaks_off(self, place):
        if place == byte:
            raise OSError(errno.EREMOTEIO, "Remote I/O error")
        return original(self, place)

    chip._adc_byte = MethodType(breaks_off, chip)
    wire.run(0.05)
    del chip._adc_byte
    wire.run(2.5)
    assert wire.wrong() == []
    assert wire.bank.chips[1].counters.bus_errors["no answer"] == 1
    assert wire.bank.chips[1].state is NauState.RUNNING


def test_a_chip_that_runs_faster_than_thought_is_heard_again():
    wire = started()
    wire.chips[1]._behaviour = replace(wire.chips[1]._behaviour, speed=1.12)
    wire.run(3.0)
    wire.count_from_now()
    wire.run(3.0)
    assert wire.wrong() == []
    assert len(wire.good(1)) > 0.9 * 3 * 80 * 1.12


def test_a_pause_of_the_reader_makes_doubt_not_wrong_values():
    wire = started()
    for _ in range(20):
        wire.clock.advance(11_300_000)
        wire.run(0.1)
    assert wire.wrong() == []
    for chip in wire.bank.chips:
        assert chip.counters.doubtful["late"]
        assert chip.counters.recoveries == 0
        assert chip.state is NauState.RUNNING
    rates = [chip.counters.rate_sps for chip in wire.bank.chips]
    assert rates == pytest.approx([80 * speed for speed in SPEEDS], rel=0.01)


@pytest.mark.parametrize(
    ("fault", "state"),
    [(BusFault.NACK, NauState.NO_MULTIPLEXER), (BusFault.STUCK, NauState.BUS_STUCK)],
)
def test_a_bus_that_fails_is_a_status_and_comes_back_by_itself(fault, state):
    wire = started()
    wire.bus.fault = fault
    wire.run(0.5)
    assert {chip.state for chip in wire.bank.chips} == {state}
    assert [c.flags for c in wire.delivered[0] if not c.good] == [Flag.TIMEOUT]
    wire.bus.fault = None
    wire.run(3.0)
    assert {chip.state for chip in wire.bank.chips} == {NauState.RUNNING}
    assert wire.wrong() == []


def test_a_multiplexer_that_forgot_its_selection_is_told_again():
    wire = started()
    for _ in range(20):
        wire.mux.reset()
        wire.run(0.01)
    assert wire.wrong() == []
    assert sum(chip.counters.recoveries for chip in wire.bank.chips) == 0


def test_gain_64_halves_the_counts():
    wire = started(gain=64)
    wire.run(1.0)
    assert wire.wrong(gain=64) == []
    assert len(wire.good(0)) > 60


events = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([None, *NauFault]), st.floats(0.0, 0.9)),
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=events, behaviour=st.sampled_from(BEHAVIOURS), seed=st.integers(0, 99))
def test_whatever_breaks_and_mends_no_wrong_value_is_delivered(events, behaviour, seed):
    wire = make_nau_wire(behaviour, preemptions_hz=100, seed=seed)
    wire.run(START_S)
    for number, fault, seconds in events:
        wire.chips[number].fault = fault
        wire.run(seconds)
    assert wire.wrong() == []
