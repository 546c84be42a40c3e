"""A recorder that dies loses no frame, doubles none and announces no repetition twice."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.handover.frame_ring import FrameWriter
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.session.tracker import SessionTracker
from rig.storage.database import Database
from rig.storage.models import RepRow
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

SCRIPT = {**IN_SET, **rep_at(1000, 1), **rep_at(1400, 2), **rep_at(1800, 3)}
REPS = [(1, 1, 6.5), (1, 2, 10.5), (1, 3, 14.5)]


@pytest.fixture
def rig(tmp_path):
    """Somebody in a set, one repetition done."""
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        rig.feed(10, 700)
        yield rig


def _recorded(rig):
    (session,) = rig.history.sessions()
    recording = Recording(recordings_dir(rig.state_dir), session.id)
    return recording, np.concatenate(list(recording.blocks()))["seq"]


def test_it_goes_on_in_the_same_session_without_a_gap_or_a_double(rig):
    rig.kill()
    rig.write(rig.frames(3, 700))
    rig.start()
    rig.feed(7, 700)
    rig.stop()
    rig.start()
    recording, seq = _recorded(rig)
    assert np.array_equal(seq, np.arange(seq[0], seq[-1] + 1))
    assert seq[-1] == rig.ring.head - 1
    assert len(recording.parts) == 2
    assert rig.reps() == REPS


def test_no_repetition_is_announced_twice(rig):
    rig.kill()
    rig.write(rig.frames(3, 700))
    rig.start()
    rig.feed(7, 700)
    told = rig.told()
    assert [event["rep"]["index"] for event in told if event["type"] == "rep"] == [1, 2, 3]
    assert [event["rep_count"] for event in told if event["type"] == "rep"] == [1, 2, 3]
    assert [event["change"] for event in told if event["type"] == "session"] == ["opened"]
    assert [event["change"] for event in told if event["type"] == "set"] == ["opened"]


def test_what_the_recording_has_and_the_database_lacks_is_stored_and_announced(rig):
    rig.feed(5, 700)
    rig.kill()
    database = Database.open_writer(rig.state_dir)
    with database.session() as db:
        db.execute(delete(RepRow).where(RepRow.analysis_index == 2))
    database.close()
    rig.told()
    rig.start()
    assert [event["rep"]["index"] for event in rig.told("rep")] == [2]
    assert rig.reps() == REPS[:2]


def test_the_state_comes_back(rig):
    before = rig.state()
    rig.kill()
    rig.start()
    after = rig.state()
    assert {**after, "t_ns": 0} == {**before, "t_ns": 0}


def test_commands_of_the_session_hold_after_it(rig):
    rig.command("discard_rep")
    rig.command("stop_set")
    rig.command("set_load", load_kg=4)
    rig.command("start_set")
    rig.kill()
    rig.start()
    rig.feed(4, 700)
    (session,) = rig.history.sessions()
    sets = rig.history.session(session.id).sets
    assert [(one.set_index, one.external_load_kg) for one in sets] == [(1, 0.0), (2, 4.0)]
    assert rig.reps() == [(2, 1, 10.5)]
    assert rig.state()["load_kg"] == 4.0


def test_a_session_whose_frames_are_gone_ends_at_its_last_durable_frame(rig):
    rig.kill()
    _, before = _recorded_after_kill(rig)
    rig.write(rig.frames(90, 700))
    rig.start()
    rig.work()
    newest, oldest = rig.history.sessions()
    length_s = (oldest.ended_utc - oldest.started_utc).total_seconds()
    assert length_s == pytest.approx((len(before) - 1) / 100)
    assert newest.started_utc > oldest.ended_utc
    assert oldest.reps == 1


def _recorded_after_kill(rig):
    path = next(recordings_dir(rig.state_dir).iterdir())
    recording = Recording(path.parent, path.stem)
    return recording, np.concatenate(list(recording.blocks()))["seq"]


def test_a_new_ring_ends_the_session(rig):
    rig.kill()
    rig.ring.close()
    rig.run_dir.frames.unlink()
    rig.ring = FrameWriter(rig.run_dir.frames, slots=8192)
    rig.start()
    rig.feed(3, 700)
    newest, oldest = rig.history.sessions()
    assert oldest.ended_utc is not None
    assert newest.ended_utc is None


def test_a_long_silence_ends_the_session(rig):
    rig.kill()
    rig.clock.t_ns += 3600 * 10**9
    rig.start()
    rig.feed(3, 700)
    assert [one.ended_utc is None for one in rig.history.sessions()] == [True, False]


def test_a_session_without_its_recording_ends_at_its_last_repetition(rig):
    rig.kill()
    for path in recordings_dir(rig.state_dir).iterdir():
        path.unlink()
    rig.start()
    newest, oldest = rig.history.sessions()
    assert (oldest.ended_utc - oldest.started_utc).total_seconds() == 10.0
    assert oldest.reps == 1
    assert newest.started_utc > oldest.ended_utc


def test_after_a_good_stop_nothing_is_recorded_again(rig):
    rig.stop()
    rig.start()
    assert rig.history.session_count() == 1
    rig.feed(3, 700)
    newest, oldest = rig.history.sessions()
    assert newest.started_utc > oldest.ended_utc


def test_the_recording_gives_the_same_changes_again(tmp_path):
    """With the real analysis, in blocks of any size, and with the commands in their places."""
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.feed(9, 700, noise=40, pads=12_000)
        rig.command("stop_set")
        rig.feed(2, 700, noise=40, pads=12_000)
        rig.feed(1)
        (session,) = rig.history.sessions()
        detail = rig.history.session(session.id)
        rig.stop()
    recording = Recording(recordings_dir(rig.state_dir), session.id)
    pipeline = Pipeline(recording.info.calibration, AnalysisSettings())
    tracker = SessionTracker(pipeline, recording.info.context)
    events = []
    for item in recording.items():
        if isinstance(item, np.ndarray):
            events += tracker.feed(item).events
        else:
            tracker.command(item.command["verb"], item.command["args"])
    again = [(event.t_ns * 1e-9, event.name) for event in events if event.name != "phase"]
    assert again == [(event.t_s, event.name) for event in detail.events]
    assert "dowel_on" in [name for _, name in again]
    assert [one.end_reason for one in detail.sets] == ["stopped"]


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(kills=st.lists(st.floats(0.1, 16), min_size=1, max_size=3).map(sorted))
def test_killed_at_any_moment_it_ends_up_the_same(tmp_path_factory, kills):
    with RecorderRig(tmp_path_factory.mktemp("rig"), scripted(SCRIPT)) as rig:
        rig.feed(5)
        fed_s = 0.0
        for seconds in kills:
            rig.feed(seconds - fed_s, 700)
            fed_s = seconds
            rig.kill()
            rig.start()
        rig.feed(18 - fed_s, 700)
        assert [event["rep"]["index"] for event in rig.told("rep")] == [1, 2, 3]
        rig.stop()
        rig.start()
        assert rig.reps() == REPS
        _, seq = _recorded(rig)
        assert np.array_equal(seq, np.arange(seq[0], rig.ring.head))
