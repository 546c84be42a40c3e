import pytest

from rig.drills import HINGE
from rig.session.cop_band import OwnBand
from tests.support.recorder_rig import standing_rows
from tests.support.repetitions import a_rep

TICK_NS = 10_000_000


def fed(band, start_s, end_s, ap_from, ap_to, ml=2.0):
    ticks = range(round(start_s * 100), round(end_s * 100))
    for n, tick in enumerate(ticks):
        row = standing_rows(1)[0]
        row["cop_ml_mm"], row["cop_ap_mm"] = ml, ap_from + (ap_to - ap_from) * n / len(ticks)
        band.feed(tick * TICK_NS, row)


@pytest.fixture
def stood():
    """Weighed two seconds after stepping on, 10 mm behind the middle."""
    band = OwnBand(HINGE)
    fed(band, 0, 2, -10, -10)
    band.stood()
    return band


def test_there_is_no_band_before_the_weighing():
    assert OwnBand(HINGE).box is None


def test_first_it_lies_about_where_the_person_stood(stood):
    ml, ap = HINGE.band_ml_mm, HINGE.band_ap_mm
    assert stood.box == (2 - ml, 2 + ml, -10 - ap, -10 + ap)


def test_a_clean_repetition_makes_it_the_persons_own(stood):
    fed(stood, 2, 5.1, -30, 30)
    stood.learn(a_rep(1, 2.0))
    _, _, low, high = stood.box
    assert (low, high) == (pytest.approx(-35, abs=1), pytest.approx(33, abs=2))


def test_it_is_the_mean_of_the_clean_ones_and_never_tiny(stood):
    fed(stood, 2, 5.1, 0, 0)
    stood.learn(a_rep(1, 2.0))
    assert stood.box == (-6, 10, -15, 15)


def test_a_repetition_with_a_lost_contact_teaches_nothing(stood):
    before = stood.box
    fed(stood, 2, 5.1, -60, 90)
    stood.learn(a_rep(1, 2.0, score=2))
    assert stood.box == before


def test_it_follows_where_the_person_stands_until_there_are_clean_repetitions(stood):
    fed(stood, 2, 4, 5, 5)
    stood.stood()
    assert stood.box[2:] == (5 - HINGE.band_ap_mm, 5 + HINGE.band_ap_mm)
    stood.learn(a_rep(1, 2.0))
    learned = stood.box
    fed(stood, 4, 6, 40, 40)
    stood.stood()
    assert stood.box == learned


def test_whoever_steps_on_begins_without_a_band(stood):
    stood.forget()
    assert stood.box is None
