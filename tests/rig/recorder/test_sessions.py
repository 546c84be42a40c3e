"""When a session starts and ends, and what its recording holds."""

import numpy as np
import pytest

from rig.reanalysis.source import recorded
from rig.reanalysis.summary import Summary
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.models import SessionRow
from tests.support.recorder_rig import IN_SET, ON, rep_at


def _recording(rig, session_id):
    return np.concatenate(list(Recording(recordings_dir(rig.state_dir), session_id).blocks()))


def test_nothing_is_recorded_while_the_platform_is_empty(rig_with):
    rig = rig_with()
    rig.feed(5)
    assert rig.history.sessions() == []
    assert not recordings_dir(rig.state_dir).exists()


def test_a_session_starts_two_seconds_before_someone_steps_on(rig_with):
    rig = rig_with()
    rig.feed(1, 700)
    (session,) = rig.history.sessions()
    recorded = _recording(rig, session.id)
    loaded = np.flatnonzero(recorded["cell_counts"][:, 0] > 100_000)
    assert loaded[0] == pytest.approx(ON, abs=3)  # a step is believed a few conversions later
    assert rig.told("session") == [
        {
            "type": "session", "t_ns": int(recorded["t_ns"][0]), "session_id": session.id,
            "set_index": None, "change": "opened",
        }
    ]  # fmt: skip


def test_a_session_ends_when_nobody_has_been_there_for_a_while(rig_with):
    rig = rig_with(session__close_after_empty_s=10.0)
    rig.feed(2, 700)
    rig.feed(9.5)
    assert rig.history.sessions()[0].ended_utc is None
    rig.feed(1)
    ended = rig.history.sessions()[0]
    assert (ended.ended_utc - ended.started_utc).total_seconds() == pytest.approx(14.3, abs=0.2)
    assert [event["change"] for event in rig.told("session")] == ["opened", "closed"]


@pytest.mark.parametrize("together", [True, False])
def test_a_session_does_not_reach_over_hours_without_frames(rig_with, together):
    """As when a rig that died with somebody on it is started again later."""
    rig = rig_with()
    rig.feed(3, 700)
    rig.write(rig.frames(0.05, 700))
    if not together:
        rig.work()
    rig.clock.t_ns += 7200 * 10**9
    rig.write(rig.frames(0.05, 700))
    rig.work()
    rig.feed(3, 700)
    later, before = rig.history.sessions()
    assert (before.ended_utc - before.started_utc).total_seconds() == pytest.approx(5.05, abs=0.1)
    assert (later.started_utc - before.ended_utc).total_seconds() == pytest.approx(7200, abs=0.1)


def test_stepping_on_again_in_time_is_the_same_session(rig_with):
    rig = rig_with(session__close_after_empty_s=10.0)
    for _ in range(3):
        rig.feed(2, 700)
        rig.feed(5)
    assert rig.history.session_count() == 1


def test_every_frame_of_a_session_is_recorded_once(rig_with):
    rig = rig_with(session__close_after_empty_s=2.0)
    for _ in range(2):
        rig.feed(3, 700)
        rig.feed(4)
    newest, oldest = rig.history.sessions()
    first, second = _recording(rig, oldest.id)["seq"], _recording(rig, newest.id)["seq"]
    for seq in (first, second):
        assert np.array_equal(seq, np.arange(seq[0], seq[-1] + 1))
    assert first[-1] < second[0]


def test_a_long_session_goes_on_in_another_part(rig_with, monkeypatch):
    monkeypatch.setattr("rig.recording.writer._MESSAGES_A_PART", 300)
    rig = rig_with()
    rig.feed(6, 700)
    rig.stop()
    rig.start()
    (session,) = rig.history.sessions()
    parts = Recording(recordings_dir(rig.state_dir), session.id).parts
    seq = _recording(rig, session.id)["seq"]
    assert len(parts) == 3
    assert np.array_equal(seq, np.arange(seq[0], rig.ring.head))


def test_a_session_has_the_calibration_that_was_in_force(rig_with):
    rig = rig_with()
    rig.feed(1, 700)
    session = rig.history.sessions()[0]
    info = Recording(recordings_dir(rig.state_dir), session.id).info
    assert info.calibration.id == session.calibration_id
    assert [cell.zero_counts for cell in info.calibration.cells] == [1000, 2000, 3000, 4000]


def test_a_stop_in_good_order_ends_session_and_set(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1)})
    rig.feed(12, 700)
    rig.stop()
    rig.start()
    (session,) = rig.history.sessions()
    (one_set,) = rig.history.session(session.id).sets
    assert (session.ended_utc - session.started_utc).total_seconds() == pytest.approx(14, abs=0.1)
    assert one_set.end_reason == "stopped"
    with rig.database.session() as db:
        assert db.get(SessionRow, session.id).end_reason == "stopped"


def test_the_real_analysis_sees_someone_step_on_and_off(rig_with):
    rig = rig_with()
    rig.feed(3, 700)
    rig.feed(1)
    detail = rig.history.session(rig.history.sessions()[0].id)
    assert [event.name for event in detail.events] == ["person_on", "weighed", "person_off"]
    assert detail.events[0].t_s == pytest.approx(2.0, abs=0.1)  # nodes of 80 ms
    assert detail.summary.body_weight_n == pytest.approx(700, abs=0.1)


def test_a_load_is_taken_off_the_weight_live_and_when_the_recording_is_analysed(rig_with):
    rig = rig_with()
    rig.feed(3, 700)
    rig.command("set_load", load_kg=10)
    rig.feed(3, 798)
    rig.feed(1)
    session = rig.history.sessions()[0]
    live = [e.values for e in rig.history.session(session.id).events if e.name == "weighed"]
    again = Summary()
    for block, output in recorded(Recording(recordings_dir(rig.state_dir), session.id)).outputs():
        again.add(block, output)
    found = [e["body_weight_n"] for e in again.to_json()["events"] if e["name"] == "weighed"]
    assert found == [values["body_weight_n"] for values in live]
    assert found == pytest.approx([700, 700], rel=0.01)
