"""Rings that come, go and are replaced, as the hub follows them."""

import pytest

from rig.handover.event_ring import EventWriter
from rig.handover.events import CueTold
from rig.handover.frame_ring import FrameWriter
from tests.support.feeder import live_rows
from webui.live import follow
from webui.live.follow import EventFollower, FrameFollower


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Names are looked at each time."""
    monkeypatch.setattr(follow, "_LOOK_S", 0.0)


def test_a_ring_that_comes_later_is_found_and_begins_with_some_history(run_dir):
    follower = FrameFollower(run_dir.frames, history=3)
    assert follower.take(1) is None
    writer = FrameWriter(run_dir.frames, slots=64)
    writer.append(live_rows(0, 10))
    assert follower.take(1).rows["frame"]["seq"].tolist() == [7, 8, 9]
    assert follower.new_epoch()
    assert not follower.new_epoch()
    follower.close()
    writer.close()


def test_frames_are_waited_for_until_there_are_enough(run_dir):
    writer = FrameWriter(run_dir.frames, slots=64)
    follower = FrameFollower(run_dir.frames, history=0)
    assert follower.take(3) is None
    writer.append(live_rows(0, 2))
    assert follower.take(3) is None
    assert len(follower.take(1).rows) == 2
    follower.close()
    writer.close()


def test_a_ring_under_the_same_name_that_is_another_is_followed(run_dir):
    first = EventWriter(run_dir.events)
    follower = EventFollower(run_dir.events)
    assert follower.take() == ([], [])
    first.close()
    run_dir.events.unlink()
    second = EventWriter(run_dir.events)
    follower.take()
    second.append(CueTold(t_ns=1, name="x"))
    assert follower.take() == ([CueTold(t_ns=1, name="x")], [])
    follower.close()
    second.close()


def test_a_file_that_is_no_ring_is_as_if_there_were_none(run_dir):
    run_dir.events.write_bytes(b"no ring")
    assert EventFollower(run_dir.events).take() == ([], [])
