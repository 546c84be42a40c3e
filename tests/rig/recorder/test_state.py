"""What the recorder tells all the time: the state of flow and set, and its health."""

from rig.drills import HINGE
from rig.repetition import Fault
from tests.support.recorder_rig import IN_SET, rep_at


def test_the_state_tells_everything_at_every_change(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1), 1200: [("phase", {"phase": "eccentric"})]})
    rig.feed(14, 700)
    flows = []
    states = rig.told("state")
    for state in states:
        if state["flow"] not in ["empty", *flows]:
            flows.append(state["flow"])
    assert flows == ["stand_still", "weighed", "count_in", "set"]
    last = states[-1]
    assert last["session_id"] == rig.history.sessions()[0].id
    assert (last["set_index"], last["rep_count"], last["phase"]) == (1, 1, "eccentric")
    assert (last["body_weight_n"], last["dowel"], last["calibrated"]) == (700.0, True, True)
    assert last["person_id"] == "P-0001"
    assert last["plates_mm"] == [[-125, -80], [-125, 80], [125, -80], [125, 80]]
    assert last["tempo_s"] == list(HINGE.tempo_s)
    assert last["band_mm"] == [-8, 8, -15, 15]  # after a clean repetition without any sway


def test_the_state_tells_how_the_set_goes(rig_with):
    lost = rep_at(1100, 2, score=2, faults=(Fault("rounding", 0.8, 7.0, "bottom", 0.9),))
    reps = {**rep_at(1000, 1), **lost, **rep_at(1200, 3), **rep_at(1300, 4)}
    rig = rig_with({**IN_SET, **reps, 1400: [("person_off", {})]})
    rig.feed(9.5, 700)
    assert rig.state()["qualities"] == [3, 2]
    rig.feed(4.6, 700)
    state = rig.state()
    assert state["qualities"] == [3, 2, 3, 3]
    assert (state["best_streak"], state["work_on"]) == (2, "rounding")
    assert state["flow"] == "summary"
    assert state["flow_until_s"] - state["flow_since_s"] == HINGE.summary_s


def test_a_set_left_early_is_discarded_unless_the_person_comes_back(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1), 1100: [("person_off", {})]})
    rig.feed(11.5, 700)
    assert rig.state()["flow"] == "left"
    rig.feed(HINGE.undo_s, 700)
    state = rig.state()
    assert (state["flow"], state["discarded"]) == ("empty", True)
    assert rig.reps() == []
    assert rig.reps(discarded=True) == [(1, 1, 6.5)]


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
