from hypothesis import given
from hypothesis import strategies as st

from rig.recorder.empty_platform.recent_frames import RecentFrames
from tests.support.frames import frames


@given(st.lists(st.integers(0, 150), max_size=10))
def test_the_last_seconds_are_kept_however_the_frames_come(sizes):
    recent = RecentFrames(3.0)
    seq = 0
    for rows in sizes:
        recent.add(frames([0] * 4, rows=rows, first_seq=seq, first_t_ns=seq * 10_000_000))
        seq += rows
    for seconds in (1.0, 3.0):
        expected = range(max(0, seq - round(seconds * 100) - 1), seq)
        assert recent.last(seconds)["seq"].tolist() == list(expected)


def test_frames_before_a_number_are_left_out():
    recent = RecentFrames(3.0)
    recent.add(frames([0] * 4, rows=100))
    assert recent.since(0, first_seq=98)["seq"].tolist() == [98, 99]


def test_little_more_than_what_is_needed_is_kept():
    recent = RecentFrames(1.0)
    for number in range(100):
        recent.add(frames([0] * 4, rows=10, first_t_ns=number * 100_000_000))
    assert len(recent.since(0)) <= 120
