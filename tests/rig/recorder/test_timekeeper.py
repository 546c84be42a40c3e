"""The wall clock may be set at any time: sessions keep their length and get their true date."""

from datetime import timedelta

import pytest

from tests.support.recorder_rig import RecorderRig

DAY = timedelta(days=1)


@pytest.fixture
def rig(tmp_path):
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.told()
        yield rig


def _problems(rig):
    return rig.told("health")[-1]["problems"]


@pytest.mark.parametrize(
    ("by", "said"), [(-DAY, "set back by 1 day"), (365 * DAY, "set forward by 365 days")]
)
def test_a_clock_that_jumps_is_told_and_leaves_the_open_session_whole(rig, by, said):
    rig.feed(3, 700)
    rig.clock.off_by = by
    rig.feed(3, 700)
    (text,) = _problems(rig)
    assert said in text
    rig.feed(61)
    (session,) = rig.history.sessions()
    length_s = (session.ended_utc - session.started_utc).total_seconds()
    assert length_s == pytest.approx(2 + 6 + 60, abs=0.5)


def test_a_jump_is_told_for_a_minute(rig):
    rig.clock.off_by = DAY
    rig.feed(30)
    assert _problems(rig)
    rig.feed(40)
    assert _problems(rig) == []


def test_a_session_knows_whether_its_clock_was_set(tmp_path):
    with RecorderRig(tmp_path) as rig:
        rig.clock.set = False
        rig.feed(5)
        rig.feed(3, 700)
        assert [one.clock_set for one in rig.history.sessions()] == [False]


def test_sessions_before_the_time_server_answered_are_dated_anew_with_their_length_kept(tmp_path):
    with RecorderRig(tmp_path) as rig:
        rig.clock.set, rig.clock.off_by = False, -365 * DAY
        rig.restart()
        rig.feed(5)
        rig.feed(3, 700)
        rig.feed(65)
        (before,) = rig.history.sessions()
        rig.feed(3, 700)
        rig.clock.set, rig.clock.off_by = True, timedelta()
        rig.feed(2, 700)
        still_open, after = rig.history.sessions()
        assert abs(after.started_utc - before.started_utc - 365 * DAY) < timedelta(seconds=1)
        assert after.ended_utc - after.started_utc == before.ended_utc - before.started_utc
        assert after.clock_set
        assert still_open.clock_set
        assert timedelta() < still_open.started_utc - after.started_utc < timedelta(minutes=2)
