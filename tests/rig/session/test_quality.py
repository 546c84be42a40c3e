import pytest

from rig.repetition import Fault
from rig.session.quality import best_streak, quality, usable_deg, work_on
from tests.support.repetitions import a_rep


def rep(*faults, kind="hinge", score=3):
    found = tuple(Fault(name, 0.9, 1.0, "eccentric", 0.5) for name in faults)
    return a_rep(1, 1.0, kind, faults=found, score=score)


CLEAN, TOES, HURRIED = rep(), rep("toe_weight"), rep(kind="incomplete", score=1)


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (CLEAN, 3), (rep(kind="partial"), 3), (TOES, 2), (rep(score=2), 2), (HURRIED, 1),
        (rep(kind="squat"), 1),
    ],
)  # fmt: skip
def test_quality(one, value):
    assert quality(one) == value


@pytest.mark.parametrize(
    ("reps", "streak"),
    [([], 0), ([TOES], 0), ([CLEAN] * 4, 4), ([CLEAN, CLEAN, TOES, CLEAN], 2)],
)
def test_the_best_streak_is_of_clean_repetitions(reps, streak):
    assert best_streak(reps) == streak


@pytest.mark.parametrize(
    ("reps", "advice"),
    [
        ([CLEAN, CLEAN], None),
        ([CLEAN, TOES], "toe_weight"),
        ([TOES, rep("chin_tuck"), rep("chin_tuck", "toe_weight"), rep("chin_tuck")], "chin_tuck"),
        ([TOES, rep("rounding")], "rounding"),
        ([CLEAN, HURRIED], "depth"),
    ],
)
def test_the_one_thing_to_work_on(reps, advice):
    assert work_on(reps) == advice


def test_the_usable_lean_is_the_middle_one_of_those_that_count():
    leans = {"hinge": [62.0, 48.0, 55.0], "incomplete": [20.0, 21.0]}
    reps = [a_rep(1, 1.0, kind, usable_depth_deg=lean) for kind in leans for lean in leans[kind]]
    assert usable_deg([*reps, CLEAN]) == 55.0
    assert usable_deg([CLEAN]) is None
