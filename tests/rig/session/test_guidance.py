"""What a person is told and shown: cue, countdown, own band."""

import numpy as np
import pytest

from rig.analysis.events import Event
from rig.analysis.settings import AnalysisSettings
from rig.drills import HINGE
from rig.frames import SIGNALS
from rig.names import CHANNELS
from rig.session.guidance import Guidance
from tests.support.pads import pads

MS = 1_000_000


def standing(heel_share=0.5, asymmetry_pct=0.0, fz_n=700.0):
    """A row of SIGNALS of someone who stands, everything trusted."""
    row = np.zeros(1, SIGNALS)[0]
    row["fz_n"], row["heel_share"], row["asymmetry_pct"] = fz_n, heel_share, asymmetry_pct
    row["pad_n"], row["contact"] = pads(5.0, head=2.0, mid_back=8.0), True
    row["valid"] = (1 << len(CHANNELS)) - 1
    return row


@pytest.fixture
def guidance():
    return Guidance(HINGE, AnalysisSettings())


def feed(guidance, row, flow, first_ms, last_ms):
    """Cues given while a row holds."""
    cues = [guidance.feed(t * MS, row, flow, silent=False) for t in range(first_ms, last_ms, 10)]
    return [cue for cue in cues if cue]


def test_weight_on_the_toes_in_a_set_is_said_once_after_its_tolerance(guidance):
    cues = feed(guidance, standing(heel_share=0.2), "set", 0, 2000)
    assert [cue.name for cue in cues] == ["toe_weight"]
    assert 500 <= cues[0].t_ns / MS <= 520
    assert guidance.cue == "toe_weight"


def test_in_a_silent_set_nothing_is_said(guidance):
    row = standing(heel_share=0.2)
    said = [guidance.feed(t * 10 * MS, row, "set", silent=True) for t in range(200)]
    assert set(said) == {None}


def test_the_countdown_runs_while_the_load_rests_and_stops_when_it_moves(guidance):
    feed(guidance, standing(), "stand_still", 0, 1000)
    since, until = guidance.ring
    assert until > since
    feed(guidance, standing(fz_n=600.0), "stand_still", 1000, 1010)
    assert guidance.ring is None


def test_one_foot_is_not_both_feet(guidance):
    feed(guidance, standing(asymmetry_pct=95.0), "step_on", 0, 100)
    assert not guidance.both_feet
    feed(guidance, standing(), "step_on", 100, 200)
    assert guidance.both_feet


def test_a_band_is_there_once_the_person_is_weighed_and_goes_when_somebody_steps_on(guidance):
    feed(guidance, standing(), "stand_still", 0, 1000)
    assert guidance.band is None
    guidance.take(Event(1000 * MS, "weighed", {"body_weight_n": 700.0}))
    assert guidance.band == (-15.0, 15.0, -30.0, 30.0)
    guidance.take(Event(2000 * MS, "person_on"))
    assert guidance.band is None
