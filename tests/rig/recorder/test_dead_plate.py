"""A recorder whose right heel is silent: who steps off and on is seen by the other three."""

import pytest

from tests.support.frames import without
from tests.support.recorder_rig import RecorderRig

NOISE = 20


@pytest.fixture
def rig(tmp_path):
    with RecorderRig(tmp_path, session__close_after_empty_s=5) as rig:
        rig.feed(6, 0, NOISE)
        rig.feed(4, 700, NOISE)
        yield rig


def feed_dead(rig, seconds, newtons):
    """Frames without the right heel, as they come."""
    for _ in range(round(seconds * 10)):
        rig.write(without(rig.frames(0.1, newtons, NOISE), "right_heel"))
        rig.work()


def test_stepping_off_is_seen_and_the_session_ends(rig):
    assert rig.state()["session_id"] is not None
    feed_dead(rig, 3, 700)
    assert rig.state()["flow"] not in ("empty", "step_on", "left", "summary")
    feed_dead(rig, 1, 0)
    assert [one["name"] for one in rig.told("event")][-1] == "person_off"
    feed_dead(rig, 7, 0)
    assert rig.state()["session_id"] is None


def test_stepping_on_opens_a_session_in_which_nothing_is_weighed(rig):
    feed_dead(rig, 8, 0)
    assert rig.state()["session_id"] is None
    feed_dead(rig, 8, 700)
    state = rig.state()
    assert state["session_id"] is not None
    assert state["body_weight_n"] is None
