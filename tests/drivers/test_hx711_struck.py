"""Chips that reset or lose their plug in the middle of a read, and lines that never work."""

import numpy as np
import pytest

from drivers.conversion import Flag
from drivers.hx711 import ChipState
from drivers.hx711.shift import ones_at_end
from drivers.pins.gpiod import GpiodPins
from drivers.sim.gpiod import SimGpiod
from drivers.sim.hx711 import Behaviour, ChipFault
from tests.support.wire import POLL_NS, RATES_SPS, make_wire

SETTLES_NS = [0, 5_000, 15_000]
PULSES = range(1, 26)


def struck(fault, settles_ns=0, pulses=PULSES, **how):
    """A settled wire whose chips are struck in turn, at each pulse."""
    wire = make_wire(settles_ns=settles_ns, **how)
    wire.run(1.0)
    wire.count_from_now()
    for number, pulse in enumerate(pulses):
        wire.strike(number % 4, fault, pulse)
    return wire


def test_a_chip_that_resets_in_mid_read_leaves_no_wrong_value():
    wire = struck(ChipFault.RESETS)
    assert wire.wrong() == []
    doubts = [chip.counters.doubtful for chip in wire.bank.chips]
    assert sum(one["cut off"] for one in doubts) >= 20  # the last bits may be ones by themselves


@pytest.mark.parametrize("settles_ns", SETTLES_NS)
def test_a_plug_that_is_pulled_out_in_mid_read_leaves_no_wrong_value(settles_ns):
    wire = struck(ChipFault.LOOSE, settles_ns)
    assert wire.wrong() == []
    assert all(chip.trouble.state is None for chip in wire.bank.chips)


def test_a_plug_is_known_to_be_out_at_once_however_slowly_its_line_follows_the_pull():
    wire = struck(ChipFault.LOOSE, 15_000, [8] * 8, call_ns=2000)
    assert sum(chip.counters.doubtful["unplugged"] for chip in wire.bank.chips) == 8


def test_both_ways_to_the_pins_are_alike():
    wire = struck(ChipFault.LOOSE, 15_000, PULSES[::3], open_pins=lambda header: gpiod_pins(header))
    assert wire.wrong() == []


def gpiod_pins(header):
    return GpiodPins(SimGpiod(header), "/dev/gpiochip0")


def test_a_value_comes_with_the_conversion_after_it():
    wire = make_wire()
    wire.run(1.0)
    wire.count_from_now()
    came_ns = [[] for _ in range(4)]
    wire.run(1.0, lambda: note(wire, came_ns))
    for number, chip in enumerate(wire.bank.chips):
        ages = np.subtract(came_ns[number], [one.ready_ns for one in wire.good(number)])
        assert ages.max() <= chip.counters.period_ns + 2 * POLL_NS


def note(wire, came_ns):
    for number, came in enumerate(came_ns):
        came += [wire.clock.now_ns()] * (len(wire.delivered[number]) - len(came))


def test_whatever_a_chip_shows_after_a_reset_a_long_tail_of_ones_is_no_value():
    behaviour = Behaviour(unsettled="shown", noise_counts=0.0)
    wire = make_wire(behaviour)
    wire.run(1.0)
    wire.strike(0, ChipFault.RESETS, 8)
    assert wire.bank.chips[0].counters.doubtful["cut off"] == 1
    assert [one for one in wire.good(0) if ones_at_end(one.counts) >= 12] == []


@pytest.mark.parametrize(("count", "ones"), [(0, 0), (-1, 24), (7, 3), (-2, 0), (0x7FFFFF, 23)])
def test_ones_are_counted_from_the_last_bit(count, ones):
    assert ones_at_end(count) == ones


def test_a_second_reset_soon_after_the_first_is_noticed_too():
    wire = make_wire(Behaviour(unsettled="shown", noise_counts=0.0))
    wire.run(1.0)
    for _ in range(6):
        wire.chips[1].fault = ChipFault.UNPLUGGED
        wire.run(0.008)
        wire.chips[1].fault = None
        wire.run(0.2)
    assert wire.wrong() == []
    assert wire.bank.chips[1].counters.doubtful["gap"] == 6


def test_another_chip_with_another_clock_is_believed_after_a_while():
    wire = make_wire()
    wire.run(1.0)
    wire.chips[1]._period_ns *= RATES_SPS[1] / 69.0
    wire.run(1.0)
    wire.count_from_now()
    wire.run(1.0)
    assert len(wire.good(1)) >= 67
    assert wire.wrong() == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [(ChipFault.FAST, ChipState.FAST), (ChipFault.NO_CLOCK, ChipState.STUCK_LOW)],
)
def test_a_chip_that_cannot_be_read_says_why_and_gives_nothing(fault, state):
    wire = make_wire()
    wire.chips[1].fault = fault
    wire.run(2.0)
    assert wire.bank.state(1) is state
    assert wire.good(1) == []
    wire.chips[1].fault = None
    wire.run(1.0)
    assert wire.bank.state(1) is ChipState.RUNNING


def test_a_chip_that_is_too_fast_says_how_fast():
    wire = make_wire()
    wire.chips[1].fault = ChipFault.FAST
    wire.run(2.0)
    rate = wire.bank.report()[1].rate_sps
    assert rate == pytest.approx(RATES_SPS[1] * 20 / 11.0592, rel=0.1)


@pytest.mark.parametrize("fault", [ChipFault.STUCK_LOW, ChipFault.NO_CLOCK])
def test_a_line_that_is_stuck_low_costs_hardly_a_pin_call(fault):
    healthy, broken = make_wire(call_ns=2000), make_wire(call_ns=2000)
    broken.chips[1].fault = fault
    calls = []
    for wire in (healthy, broken):
        wire.run(1.0)
        wire.count_from_now()
        wire.run(2.0)
        calls.append(wire.calls() - wire._calls_before)
    assert calls[1] <= calls[0]


def test_two_data_lines_that_touch_are_told_and_give_nothing_wrong():
    wire = make_wire()
    wire.run(1.0)
    wire.header.ties = [(wire.chips[1], wire.chips[2])]
    wire.run(3.0)
    assert [wire.bank.state(number) for number in range(4)] == [
        ChipState.RUNNING, ChipState.TIED, ChipState.TIED, ChipState.RUNNING,
    ]  # fmt: skip
    assert wire.wrong() == []
    wire.header.ties = []
    wire.run(1.0)
    assert all(wire.bank.state(number) is ChipState.RUNNING for number in range(4))


def test_chips_of_one_speed_that_are_ready_together_are_not_taken_for_tied():
    wire = make_wire()
    for chip in wire.chips:
        chip._period_ns, chip._end_ns = wire.chips[0]._period_ns, wire.chips[0]._end_ns
    wire.run(2.0)
    assert all(wire.bank.state(number) is ChipState.RUNNING for number in range(4))


def test_what_is_cut_off_is_flagged():
    wire = struck(ChipFault.RESETS, pulses=[16] * 4)
    flags = [one.flags for number in range(4) for one in wire.delivered[number]]
    assert flags.count(Flag.DESYNC) >= 4
