"""A model as text: odds of answers from signs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.softmax import Softmax, softmax

MODEL = Softmax(
    typical={"warm": 20.0, "wet": 0.5},
    spread={"warm": 5.0, "wet": 0.25},
    answers={"sun": {"bias": 0.0, "warm": 1.0}, "rain": {"bias": 0.0, "wet": 2.0}},
)


def test_odds_are_weights_times_spreads_from_what_is_typical():
    told = MODEL.probabilities({"warm": 25.0, "wet": 0.5})
    assert told["sun"] / told["rain"] == pytest.approx(math.e)


def test_what_is_not_known_counts_as_typical():
    unknown = MODEL.probabilities({"warm": math.nan, "wet": 0.75})
    assert unknown == MODEL.probabilities({"warm": 20.0, "wet": 0.75})


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_probabilities_sum_to_one_however_odd_the_signs(warm, wet):
    told = MODEL.probabilities({"warm": warm, "wet": wet})
    assert sum(told.values()) == pytest.approx(1.0)


def test_an_answer_is_explained_by_what_speaks_for_it():
    assert MODEL.reasons("rain", {"warm": 10.0, "wet": 0.9}) == ["wet high"]
    assert MODEL.reasons("sun", {"warm": 10.0, "wet": 0.9}) == []
    assert MODEL.reasons("sun", {"warm": 30.0, "wet": math.nan}) == ["warm high"]


@pytest.mark.parametrize("name", ["causes", "squat"])
def test_the_models_of_the_analysis_can_be_read(name):
    assert len(softmax(name).answers) >= 2
