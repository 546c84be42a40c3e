"""What an HX711's driver is made of: clocking a word out, settling, counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.hx711.counters import ChipCounters
from drivers.hx711.settling import Settling
from drivers.hx711.shift import GAIN_PULSES, shift_in
from drivers.hx711.timing import LONGEST_PULSE_NS, SETTLE_NS, SLOW_SETTLE_NS

PERIOD_NS = 12_500_000


class Wire:
    """A word on a wire: each pulse brings the next bit, and takes `pulse_ns`."""

    def __init__(self, word, pulse_ns=4000, slow_at=None):
        self.bits = [word >> bit & 1 for bit in reversed(range(24))]
        self.t_ns, self.pulses = 0, 0
        self._pulse_ns, self._slow_at = pulse_ns, slow_at

    def now_ns(self):
        return self.t_ns

    def write(self, _pin, level):
        if level:
            self.pulses += 1
        slow = self.pulses == self._slow_at
        self.t_ns += 2 * LONGEST_PULSE_NS if slow else self._pulse_ns // 2

    def read(self, _pin):
        self.t_ns += 100
        return self.bits[self.pulses - 1] if self.pulses <= 24 else 1


@given(st.integers(-(1 << 23), (1 << 23) - 1), st.sampled_from([128, 64]))
def test_a_word_comes_out_with_its_sign_and_the_pulses_of_its_gain(counts, gain):
    wire = Wire(counts & 0xFFFFFF)
    shifted = shift_in(wire, 1, 2, GAIN_PULSES[gain], wire)
    assert (shifted.counts, shifted.complete) == (counts, True)
    assert shifted.pulses == wire.pulses == 24 + GAIN_PULSES[gain]
    assert shifted.dout_after == 1


@pytest.mark.parametrize("pulse", [1, 12, 25])
def test_after_a_pulse_that_was_too_long_nothing_more_is_clocked(pulse):
    wire = Wire(0x123456, slow_at=pulse)
    shifted = shift_in(wire, 1, 2, 1, wire)
    assert (shifted.complete, shifted.counts, shifted.pulses) == (False, 0, pulse)
    assert shifted.longest_pulse_ns > LONGEST_PULSE_NS


@pytest.fixture
def settled():
    """A chip that woke up long ago, whose period is known."""
    counters = ChipCounters()
    for _ in range(100):
        counters.saw_period(PERIOD_NS)
    settling = Settling(counters)
    settling.woken(0, gain_sure=True)
    settling.goes_on(SETTLE_NS, SETTLE_NS + 1000, SETTLE_NS + 100_000)
    return settling


def test_a_chip_that_woke_up_is_not_believed_until_it_has_settled():
    settling = Settling(ChipCounters())
    settling.woken(0, gain_sure=True)
    assert settling.goes_on(SETTLE_NS - 1, SETTLE_NS, SETTLE_NS + 1)
    assert not settling.goes_on(SETTLE_NS, SETTLE_NS + 1, SETTLE_NS + 2)


def test_where_the_gain_is_not_sure_settling_begins_with_the_read_that_sets_it():
    settling = Settling(ChipCounters())
    settling.woken(0, gain_sure=False)
    assert settling.goes_on(2 * SETTLE_NS, 2 * SETTLE_NS + 1, 2 * SETTLE_NS + 2)


def test_a_conversion_that_did_not_come_means_that_the_chip_was_reset(settled):
    later = SETTLE_NS + 3 * PERIOD_NS
    assert settled.goes_on(later, later + 1000, later + 100_000)


def test_a_chip_that_converts_slowly_settles_slowly():
    settling = Settling(ChipCounters())
    settling.woken(0, gain_sure=True)
    assert settling.goes_on(90_000_000, SLOW_SETTLE_NS - 1, SLOW_SETTLE_NS)


@given(st.floats(70.0, 200.0))
def test_a_rate_is_that_of_the_periods_seen(rate_sps):
    counters = ChipCounters()
    assert counters.rate_sps == 0
    for _ in range(200):
        counters.saw_period(round(1e9 / rate_sps))
    assert counters.rate_sps == pytest.approx(rate_sps, rel=1e-3)
    assert counters.is_gap(round(1.3e9 / rate_sps))
    assert not counters.is_gap(round(1.1e9 / rate_sps))
    counters.forget_period()
    assert counters.is_gap(18_000_000)
