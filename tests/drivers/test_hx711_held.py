"""What an HX711's value waits for, how lines that touch are seen, and what is counted."""

import pytest

from drivers.conversion import Conversion, Flag
from drivers.hx711.counters import ChipCounters
from drivers.hx711.held import Held
from drivers.hx711.tied import Ties

MS = 1_000_000
PERIOD = 12 * MS


def conversion(ready_ns, counts=7):
    return Conversion(counts, ready_ns - MS, ready_ns, ready_ns + MS // 10)


@pytest.fixture
def counters():
    """Of a chip whose period is known."""
    counters = ChipCounters()
    for _ in range(100):
        counters.saw_period(PERIOD)
    return counters


@pytest.fixture
def held(counters):
    held = Held(counters)
    held.keep(conversion(0))
    return held


def test_a_value_is_good_when_the_next_one_is_ready_in_time(held, counters):
    (released,) = held.release(PERIOD - MS, PERIOD)
    assert released == conversion(0)
    assert counters.delivered == 1
    assert held.release(2 * PERIOD, 2 * PERIOD + MS) == []


@pytest.mark.parametrize(
    ("busy_ns", "reason"), [(2 * PERIOD - MS, "cut off"), (PERIOD - MS, "late")]
)
def test_a_value_whose_next_one_is_late_is_not_used(held, counters, busy_ns, reason):
    (released,) = held.release(busy_ns, 2 * PERIOD)
    assert (released.counts, released.flags) == (7, Flag.DESYNC)
    assert counters.doubtful == {reason: 1}
    assert counters.delivered == 0


def test_it_is_overdue_when_the_next_one_should_have_come(held):
    assert not held.overdue(PERIOD)
    assert held.overdue(2 * PERIOD)


def test_a_gap_is_no_period_and_three_of_them_are_another_chip(counters):
    rate = counters.rate_sps
    assert rate == pytest.approx(1e9 / PERIOD)
    counters.saw_period(8 * PERIOD)
    assert counters.rate_sps == rate
    for _ in range(3):
        counters.saw_period(8 * PERIOD)
    assert not counters.period_known


def test_until_its_period_is_known_a_chip_may_be_the_slowest():
    assert not ChipCounters().is_gap(PERIOD)
    assert ChipCounters().is_gap(200 * MS)


def polls(ties, *falling):
    """Lines that fall together in one poll after another, all high between."""
    for lines in falling:
        ties.look([1, 1, 1])
        ties.look([0 if line in lines else 1 for line in range(3)])


def test_lines_that_always_fall_together_touch():
    ties = Ties(3)
    polls(ties, *[{0, 2}, {1}] * 30)
    assert ties.fellows(0) == [2]
    assert ties.fellows(1) == []


def test_one_fall_alone_says_that_they_do_not():
    ties = Ties(3)
    polls(ties, *[{0, 2}] * 30, {0})
    assert ties.fellows(0) == []
