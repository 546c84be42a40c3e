"""What lost contacts were caused by, from the signs of a repetition."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.causes import CAUSES, because, causes
from rig.analysis.movement.signs import Signs
from rig.names import FAULTS, PADS

USUAL = {
    "heel": 0.0, "drop_m": 0.14, "depth": 0.95, "head": 0.8, "middle": 0.0,
    "tailbone": 0.8, "tailbone_at": 1.0, "tailbone_lost": 0.0,
}  # fmt: skip
GONE = {"tailbone": 0.0, "tailbone_at": 0.6, "tailbone_lost": 0.5}


def seen(*lost, **signs):
    flags = {f"lost_{pad}": float(pad in lost) for pad in PADS}
    return Signs(**{**USUAL, **flags, **(GONE if "tailbone" in lost else {}), **signs})


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (seen("mid_back", middle=-3.0), "arching"),
        (seen("head", head=0.0, middle=0.1), "chin_tuck"),
        (seen("tailbone", "head", head=0.0, middle=1.6, tailbone_at=0.3), "rounding"),
        (seen("tailbone", head=0.9, middle=0.2), "pelvic_tuck"),
        (seen("tailbone", heel=-0.25, drop_m=0.05, depth=0.6, tailbone_at=0.3), "waist_bend"),
    ],
)
def test_the_surest_cause_of_a_pattern(found, cause):
    told = causes(found)
    assert max(told, key=told.get) == cause
    assert told[cause] >= 0.5


def test_what_cannot_be_told_apart_is_reported_together():
    from_one_to_the_other = (causes(seen("tailbone", head=0.2, middle=n / 20)) for n in range(60))
    assert any(told["rounding"] == told["pelvic_tuck"] == 0.5 for told in from_one_to_the_other)


def test_a_cause_is_explained_by_signs():
    reasons = because("waist_bend", seen("tailbone", heel=-0.25, drop_m=0.04, depth=0.5))
    assert 1 <= len(reasons) <= 2
    assert set(reasons) <= {"heel low", "drop_m low", "depth low", "lost_tailbone high"}


@given(
    st.sets(st.sampled_from(PADS), min_size=1),
    st.floats(-0.6, 0.4),
    st.floats(0.02, 0.6),
    st.floats(0, 1.2) | st.just(math.nan),
    st.floats(-3, 2) | st.just(math.nan),
)
def test_confidences_are_probabilities_whatever_is_seen(lost, heel, drop_m, head, middle):
    told = causes(seen(*lost, heel=heel, drop_m=drop_m, head=head, middle=middle))
    assert set(told) == set(CAUSES)
    assert all(0 <= likely <= 1 for likely in told.values())


def test_causes_are_faults():
    assert set(FAULTS) >= CAUSES
