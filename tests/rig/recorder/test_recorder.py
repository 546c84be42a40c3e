"""Sessions, sets and repetitions from frames to database, recording and announcements."""

import math
from dataclasses import asdict

import numpy as np
import pytest

from rig.analysis.events import Fault
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.review.source import recorded
from rig.review.summary import Summary
from rig.storage.models import SessionRow
from tests.support.recorder_rig import RecorderRig, a_rep, scripted

ON = 200  # the frame in which the person is on: two seconds after the session's first
SET = {
    ON: [("person_on", {})],
    ON + 100: [("weighed", {"body_weight_n": 700.0})],
    ON + 200: [("dowel_on", {})],
}


def _rep(frame, index, **changes):
    return {frame: [("rep", {"rep": a_rep(index, frame / 100 - 3.5, **changes)})]}


@pytest.fixture
def rig_with(tmp_path):
    """A recorder on a tared, empty platform whose analysis reports a script."""
    rigs = []

    def make(script=None, **overrides):
        maker = {} if script is None else {"make_pipeline": scripted(script)}
        rig = RecorderRig(tmp_path, **maker, **overrides)
        rigs.append(rig)
        rig.feed(5)
        rig.told()
        return rig

    yield make
    for rig in rigs:
        rig.__exit__()


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
    assert loaded[0] == ON
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


def test_repetitions_are_stored_in_their_set_and_announced(rig_with):
    rig = rig_with({**SET, **_rep(1000, 1), **_rep(1500, 2, kind="squat")})
    rig.feed(14, 700)
    assert rig.reps() == [(1, 1, 6.5), (1, 2, 11.5)]
    first, second = rig.told("rep")
    assert (first["set_index"], first["counted"], first["rep_count"]) == (1, True, 1)
    assert (second["set_index"], second["counted"], second["rep_count"]) == (1, False, 1)
    assert first["rep_id"] == next(rig.history.reps()).id
    assert first["rep"]["depth"] == 1.0


def test_a_repetition_keeps_all_that_is_known_about_it(rig_with):
    fault = Fault("toe_weight", 0.9, 7.0, "eccentric", 0.4)
    rig = rig_with({**SET, **_rep(1000, 1, faults=(fault,), first_loss="head", score=2)})
    rig.feed(10, 700)
    (rep,) = rig.history.reps()
    assert rep.faults == [
        {"name": "toe_weight", "confidence": 0.9, "onset_s": 7.0, "phase": "eccentric",
         "depth": 0.4}
    ]  # fmt: skip
    assert (rep.first_loss, rep.score, rep.contact_tailbone_pct) == ("head", 2, None)
    assert rep.heel_share_bottom == 0.6


def test_a_repetition_is_announced_only_when_it_is_durable(rig_with):
    rig = rig_with({**SET, **_rep(1000, 1)})
    rig.feed(7.5, 700)
    rig.write(rig.frames(1, 700))
    while rig.recorder.step():
        pass
    assert rig.told("rep") == []
    assert rig.reps() == []
    rig.recorder.store.work()
    assert len(rig.told("rep")) == 1
    assert rig.reps() == [(1, 1, 6.5)]


def test_cues_do_not_wait_for_the_disk(rig_with):
    lost = {1000: [("contact_lost", {"pad": "tailbone", "noticed_s": 9.9})]}
    rig = rig_with({**SET, **lost})
    rig.feed(7.5, 700)
    assert rig.told("cue") == []
    rig.write(rig.frames(1, 700))
    while rig.recorder.step():
        pass
    (cue,) = rig.told("cue")
    assert (cue["name"], cue["values"]) == ("tailbone_lost", {"pad": "tailbone"})


def test_a_lost_contact_outside_a_set_is_no_cue(rig_with):
    rig = rig_with(
        {ON: [("person_on", {})], 300: [("contact_lost", {"pad": "head", "noticed_s": 2.9})]}
    )
    rig.feed(3, 700)
    assert rig.told("cue") == []


def test_all_contacts_lost_is_one_cue_about_the_dowel(rig_with):
    rig = rig_with({**SET, 1000: [("dowel_off", {})]})
    rig.feed(10, 700)
    assert [cue["name"] for cue in rig.told("cue")] == ["dowel_slipped"]


def test_who_cannot_be_weighed_is_asked_to_stand_still(rig_with):
    rig = rig_with({ON: [("person_on", {})], 700: [("weighing_failed", {"reason": "moving"})]})
    rig.feed(6, 700)
    told = rig.told()
    (cue,) = [event for event in told if event["type"] == "cue"]
    assert (cue["name"], cue["values"]) == ("stand_still", {"reason": "moving"})
    states = [event for event in told if event["type"] == "state"]
    assert states[-1]["weighing_failed"] == "moving"


@pytest.mark.parametrize(("start_s", "stored"), [(6.5, [(1, 1, 6.5)]), (8.0, [])])
def test_a_repetition_decided_late_belongs_to_the_set_in_which_it_ended(rig_with, start_s, stored):
    done_s = start_s + 3.0
    late = {1300: [("rep", {"rep": a_rep(1, start_s)})]}
    rig = rig_with({**SET, 1000: [("dowel_off", {})], **late})
    rig.feed(13, 700)
    assert (done_s <= 10.0) == bool(stored)
    assert rig.reps() == stored


def test_the_state_tells_everything_at_every_change(rig_with):
    rig = rig_with({**SET, **_rep(1000, 1), 1200: [("phase", {"phase": "eccentric"})]})
    rig.feed(14, 700)
    flows = []
    states = rig.told("state")
    for state in states:
        if state["flow"] not in ["empty", *flows]:
            flows.append(state["flow"])
    assert flows == ["stand_still", "take_dowel", "set"]
    last = states[-1]
    assert last["session_id"] == rig.history.sessions()[0].id
    assert (last["set_index"], last["rep_count"], last["phase"]) == (1, 1, "eccentric")
    assert (last["body_weight_n"], last["dowel"], last["calibrated"]) == (700.0, True, True)
    assert last["person_id"] == "P-0001"


def test_health_is_told_every_second(rig_with):
    rig = rig_with()
    rig.feed(5)
    health = rig.told("health")
    assert len(health) == 5
    assert health[-1] == {**health[-1], "state": "ok", "lag_frames": 0, "problems": []}


def test_a_sampler_that_is_silent_is_a_problem(rig_with):
    rig = rig_with()
    rig.clock.t_ns += 5_000_000_000
    rig.work()
    (health,) = rig.told("health")
    assert health["state"] == "degraded"
    assert "no frames from the sampler for 5 s" in health["problems"][0]


def test_frames_that_were_overwritten_are_told(rig_with):
    rig = rig_with()
    rig.write(rig.frames(100))
    rig.work()
    assert any("frames were missed" in text for text in rig.told("health")[-1]["problems"])


def test_events_are_kept_besides_repetitions_and_phases(rig_with):
    rig = rig_with({**SET, **_rep(1000, 1), 1100: [("phase", {"phase": "bottom"})]})
    rig.feed(10, 700)
    detail = rig.history.session(rig.history.sessions()[0].id)
    assert [event.name for event in detail.events] == ["person_on", "weighed", "dowel_on"]
    assert detail.summary.body_weight_n == 700.0


def test_a_repetition_outside_any_set_is_an_event_and_not_counted(rig_with):
    rig = rig_with({ON: [("person_on", {})], **_rep(600, 1)})
    rig.feed(6, 700)
    detail = rig.history.session(rig.history.sessions()[0].id)
    assert (rig.reps(), rig.told("rep")) == ([], [])
    assert detail.events[-1].name == "rep"
    assert detail.events[-1].values["rep"]["index"] == 1


def test_a_stop_in_good_order_ends_session_and_set(rig_with):
    rig = rig_with({**SET, **_rep(1000, 1)})
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
    assert detail.events[0].t_s == pytest.approx(2.0, abs=0.03)  # steps of 20 ms
    assert detail.summary.body_weight_n == pytest.approx(700, abs=0.1)


def test_a_number_that_is_none_never_keeps_a_repetition_out(rig_with):
    fault = Fault("rounding", 0.7, math.nan, "eccentric", math.inf)
    kept = (math.nan, 100.0, None)
    odd = {"depth": math.nan, "body_weight_n": math.inf, "contact_kept_pct": kept}
    rig = rig_with({**SET, **_rep(1000, 1, **odd, faults=(fault,))})
    rig.feed(12, 700)
    (rep,) = rig.history.reps()
    assert (rep.depth, rep.body_weight_n, rep.contact_head_pct) == (None, None, None)
    assert rep.faults == [{**asdict(fault), "onset_s": None, "depth": None}]
    (told,) = rig.told("rep")
    assert told["rep"]["depth"] is None


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
