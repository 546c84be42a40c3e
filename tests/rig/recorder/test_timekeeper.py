"""The wall clock may be set at any time: sessions keep their length and get their true date."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rig.recorder.restart.rescan import rescan
from rig.recording.dating import add_anchor
from rig.recording.info import ClockAnchor
from rig.recording.reader import Recording
from rig.recording.writer import RecordingWriter, recordings_dir
from rig.storage.database import FILE_NAME, Database
from rig.storage.history import History
from tests.support.frames import frames
from tests.support.recorder_rig import RecorderRig
from tests.support.recordings import SESSION, an_info

DAY = timedelta(days=1)


@pytest.fixture
def rig(tmp_path):
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.told()
        yield rig


def _problems(rig):
    return rig.told("health")[-1]["problems"]


def _sessions(state_dir):
    """Id, start, end and whether the clock was set, of what is stored."""
    with closing(Database.open_reader(state_dir)) as database:
        return [
            (one.id, one.started_utc, one.ended_utc, one.clock_set)
            for one in History(database).sessions()
        ]


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


def _record_before_the_clock_is_set(rig):
    """A session that ends, as it is stored then, and one that goes on."""
    rig.clock.set, rig.clock.off_by = False, -365 * DAY
    rig.restart()
    rig.feed(5)
    rig.feed(3, 700)
    rig.feed(65)
    (ended,) = rig.history.sessions()
    rig.feed(3, 700)
    return ended


def _set_clock(rig):
    rig.clock.set, rig.clock.off_by = True, timedelta()
    rig.feed(2, 700)


def test_sessions_before_the_time_server_answered_are_dated_anew_with_their_length_kept(tmp_path):
    with RecorderRig(tmp_path) as rig:
        before = _record_before_the_clock_is_set(rig)
        _set_clock(rig)
        still_open, after = rig.history.sessions()
        assert abs(after.started_utc - before.started_utc - 365 * DAY) < timedelta(seconds=1)
        assert after.ended_utc - after.started_utc == before.ended_utc - before.started_utc
        assert after.clock_set
        assert still_open.clock_set
        assert timedelta() < still_open.started_utc - after.started_utc < timedelta(minutes=2)


def test_a_clock_that_is_set_later_is_known_to_the_recordings_alone(tmp_path):
    with RecorderRig(tmp_path) as rig:
        _record_before_the_clock_is_set(rig)
        _set_clock(rig)
    before = _sessions(rig.state_dir)
    for path in rig.state_dir.glob(f"{FILE_NAME}*"):
        path.unlink()
    with closing(Database.open_writer(rig.state_dir)) as database:
        assert len(rescan(database, recordings_dir(rig.state_dir))[0]) == 2
    assert _sessions(rig.state_dir) == before
    assert all(clock_set for *_, clock_set in before)


def test_the_true_time_is_added_once_and_changes_nothing_else(tmp_path):
    anchor = ClockAnchor(5, datetime(2026, 3, 1, tzinfo=UTC), is_set=True)
    writer = RecordingWriter(tmp_path, an_info())
    writer.add_frames(frames([1, 2, 3, 4], rows=10))
    writer.sync()
    writer.abandon()
    before = Recording(tmp_path, SESSION)
    for _ in range(2):
        add_anchor(tmp_path, SESSION, anchor)
    after = Recording(tmp_path, SESSION)
    assert len(after.parts) == 2
    assert after.info == replace(before.info, anchor=anchor)
    assert (before.whole, after.whole) == (False, False)
    assert [len(block) for block in after.blocks()] == [10]
