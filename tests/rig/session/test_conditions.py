"""What holds at a frame, and never about a sensor that is not trusted."""

import pytest

from rig.analysis.events import Event
from rig.analysis.settings import AnalysisSettings
from rig.names import CELLS, CHANNELS
from rig.session.conditions import Conditions
from tests.support.pads import pads
from tests.support.recorder_rig import standing_rows

SECOND = 1_000_000_000


def row(untrusted=(), **values):
    one = standing_rows(1)[0]
    for name, value in values.items():
        one[name] = value
    one["valid"] = sum(1 << n for n, name in enumerate(CHANNELS) if name not in untrusted)
    return one


@pytest.fixture
def conditions():
    """Of someone who has stood with the dowel in place for a second."""
    conditions = Conditions(AnalysisSettings())
    conditions.take(Event(0, "dowel_on"))
    for _ in range(100):
        conditions.holding(0, row())
    return conditions


def bend(conditions):
    conditions.take(Event(SECOND, "phase", {"phase": "eccentric"}))


def test_nothing_holds_of_someone_who_stands_well(conditions):
    assert conditions.holding(SECOND, row()) == set()


def test_a_lost_contact_holds_until_it_is_regained(conditions):
    conditions.take(Event(SECOND, "contact_lost", {"pad": "head", "noticed_s": 0.9}))
    assert conditions.holding(SECOND, row()) == {"head_lost"}
    conditions.take(Event(SECOND, "contact_regained", {"pad": "head"}))
    assert conditions.holding(SECOND, row()) == set()


def test_nothing_is_said_of_a_pad_that_is_not_trusted(conditions):
    conditions.take(Event(SECOND, "contact_lost", {"pad": "head", "noticed_s": 0.9}))
    assert conditions.holding(SECOND, row(untrusted=["head"])) == set()
    hard = {"pad_n": pads(4.0, head=2.0, mid_back=20.0)}
    assert conditions.holding(SECOND, row(**hard)) == {"head_lost", "mid_back_pressed"}
    assert conditions.holding(SECOND, row(untrusted=["mid_back"], **hard)) == {"head_lost"}


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"heel_share": 0.29}, {"toes"}),
        ({"heel_share": 0.01}, {"toes", "heels_up"}),
        ({"asymmetry_pct": 18.0}, {"to_one_side"}),
        ({"asymmetry_pct": -18.0}, {"to_one_side"}),
        ({"asymmetry_pct": 14.0}, set()),
    ],
)
def test_the_load_is_told_only_with_all_four_plates(conditions, values, held):
    bend(conditions)
    assert conditions.holding(SECOND, row(**values)) == held
    for cell in CELLS:
        assert conditions.holding(SECOND, row(untrusted=[cell], **values)) == set()


def test_a_side_is_one_side_more_than_in_standing():
    conditions = Conditions(AnalysisSettings())
    for _ in range(100):
        conditions.holding(0, row(asymmetry_pct=10.0))
    bend(conditions)
    assert conditions.holding(SECOND, row(asymmetry_pct=20.0)) == set()
    assert conditions.holding(SECOND, row(asymmetry_pct=-8.0)) == {"to_one_side"}


def test_a_dowel_that_slips_in_a_bend_is_gone_one_that_is_put_down_is_not(conditions):
    conditions.take(Event(SECOND, "dowel_off"))
    assert conditions.holding(SECOND, row()) == set()
    conditions.take(Event(SECOND, "dowel_on"))
    bend(conditions)
    conditions.take(Event(SECOND, "dowel_off"))
    assert conditions.holding(SECOND, row()) == {"dowel_gone"}


def test_why_a_weighing_failed_is_said_for_a_moment(conditions):
    conditions.take(Event(SECOND, "weighing_failed", {"reason": "one_foot_off"}))
    assert conditions.holding(2 * SECOND, row()) == {"one_foot_off"}
    assert conditions.holding(9 * SECOND, row()) == set()
