"""Repetitions and events of the analysis, stored and then announced."""

import math
from dataclasses import asdict, replace

import pytest

from rig.repetition import Fault
from tests.support.pads import pads
from tests.support.recorder_rig import IN_SET, ON, rep_at
from tests.support.repetitions import a_rep


def test_repetitions_are_stored_in_their_set_and_announced(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1), **rep_at(1500, 2, kind="squat")})
    rig.feed(14, 700)
    assert rig.reps() == [(1, 1, 6.5), (1, 2, 11.5)]
    first, second = rig.told("rep")
    assert (first["set_index"], first["counted"], first["rep_count"]) == (1, True, 1)
    assert (second["set_index"], second["counted"], second["rep_count"]) == (1, False, 1)
    assert first["rep_id"] == next(rig.history.reps()).id
    assert first["rep"]["depth"] == 1.0


def test_a_repetition_keeps_all_that_is_known_about_it(rig_with):
    fault = Fault("toe_weight", 0.9, 7.0, "eccentric", 0.4)
    rig = rig_with({**IN_SET, **rep_at(1000, 1, faults=(fault,), first_loss="head", score=2)})
    rig.feed(10, 700)
    (rep,) = rig.history.reps()
    assert [asdict(one) for one in rep.faults] == [
        {"name": "toe_weight", "confidence": 0.9, "onset_s": 7.0, "phase": "eccentric",
         "depth": 0.4}
    ]  # fmt: skip
    assert (rep.first_loss, rep.score, rep.contact_kept_pct[2]) == ("head", 2, None)
    assert rep.heel_share_bottom == 0.6


def test_a_repetition_is_announced_only_when_it_is_durable(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1)})
    rig.feed(7.5, 700)
    rig.write(rig.frames(1, 700))
    while rig.recorder.step():
        pass
    assert rig.told("rep") == []
    assert rig.reps() == []
    rig.recorder.store.work()
    assert len(rig.told("rep")) == 1
    assert rig.reps() == [(1, 1, 6.5)]


@pytest.mark.parametrize(("start_s", "stored"), [(6.5, [(1, 1, 6.5)]), (8.0, [])])
def test_a_repetition_decided_late_belongs_to_the_set_in_which_it_ended(rig_with, start_s, stored):
    done_s = start_s + 3.0
    late = {1300: [("rep", {"rep": a_rep(1, start_s)})]}
    rig = rig_with({**IN_SET, 1000: [("dowel_off", {})], **late})
    rig.feed(13, 700)
    assert (done_s <= 10.0) == bool(stored)
    assert rig.reps() == stored


def test_a_repetition_outside_any_set_is_an_event_and_not_counted(rig_with):
    rig = rig_with({ON: [("person_on", {})], **rep_at(600, 1)})
    rig.feed(6, 700)
    detail = rig.history.session(rig.history.sessions()[0].id)
    assert (rig.reps(), rig.told("rep")) == ([], [])
    assert detail.events[-1].name == "rep"
    assert detail.events[-1].values["rep"]["index"] == 1


def test_a_number_that_is_none_never_keeps_a_repetition_out(rig_with):
    fault = Fault("rounding", 0.7, math.nan, "eccentric", math.inf)
    kept = pads(None, head=math.nan, mid_back=100.0)
    odd = {"depth": math.nan, "body_weight_n": math.inf, "contact_kept_pct": kept}
    rig = rig_with({**IN_SET, **rep_at(1000, 1, **odd, faults=(fault,))})
    rig.feed(12, 700)
    (rep,) = rig.history.reps()
    assert (rep.depth, rep.body_weight_n, rep.contact_kept_pct[0]) == (None, None, None)
    assert rep.faults == (replace(fault, onset_s=None, depth=None),)
    (told,) = rig.told("rep")
    assert told["rep"]["depth"] is None


def test_events_are_kept_besides_repetitions_and_phases(rig_with):
    rig = rig_with({**IN_SET, **rep_at(1000, 1), 1100: [("phase", {"phase": "bottom"})]})
    rig.feed(10, 700)
    detail = rig.history.session(rig.history.sessions()[0].id)
    assert [event.name for event in detail.events] == ["person_on", "weighed", "dowel_on"]
    assert detail.summary.body_weight_n == 700.0
