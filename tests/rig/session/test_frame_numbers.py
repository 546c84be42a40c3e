"""Frames that were sampled and never recorded."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rig.frames import TICK_NS
from rig.session.frame_numbers import FrameNumbers
from tests.support.frames import frames


def missed(numbers, *blocks):
    """(count, next number) of every gap that these numbers have."""
    events = [event for block in blocks for event in numbers.missed(block)]
    return [(event.values["count"], event.values["next_seq"]) for event in events]


def test_a_session_begins_with_whatever_number_it_begins():
    assert missed(FrameNumbers(), frames([1] * 4, rows=5, first_seq=700)) == []


def test_a_gap_between_blocks_is_told_with_the_time_of_the_frame_behind_it():
    numbers = FrameNumbers()
    numbers.missed(frames([1] * 4, rows=5, first_seq=10, first_t_ns=1000))
    later = frames([1] * 4, rows=2, first_seq=20, first_t_ns=1000 + 10 * TICK_NS)
    (event,) = numbers.missed(later)
    assert (event.name, event.t_ns) == ("frames_missed", 10 * TICK_NS)
    assert event.values == {"count": 5, "next_seq": 20}


@given(st.sets(st.integers(1, 40)), st.integers(1, 49))
def test_any_split_tells_of_the_same_gaps_and_all_that_is_missing(gone, cut):
    block = frames([1] * 4, rows=50)
    kept = np.delete(block, sorted(gone))
    at = min(cut, len(kept) - 1)
    whole, parts = missed(FrameNumbers(), kept), missed(FrameNumbers(), kept[:at], kept[at:])
    assert whole == parts
    assert sum(count for count, _ in whole) == len(gone)
