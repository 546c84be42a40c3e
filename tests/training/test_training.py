"""A short training: it learns, what it writes is what the rig reads, and it is reproducible."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.causes import likelihoods
from rig.analysis.movement.softmax import Softmax, softmax
from rig.names import FAULTS
from tests.training.__main__ import answer_of, balanced, fit_for, trained_causes, trained_squat
from tests.training.examples import Example, of_the_repository
from tests.training.figures import known
from tests.training.fit import fitted, text


@pytest.fixture(scope="module")
def examples():
    return list(of_the_repository(3, 5))


def test_there_is_something_of_everything_to_learn_from(examples):
    assert {name for one in examples for name in one.faults} >= set(FAULTS[:5])
    assert any(one.squat for one in examples)
    assert any(one.cause_signs and not one.faults for one in examples)


@pytest.mark.parametrize(("train", "name"), [(trained_causes, "causes"), (trained_squat, "squat")])
def test_what_is_trained_knows_the_answers_and_signs_that_the_rig_uses(examples, train, name):
    model, used = tomllib.loads(text(train(fit_for(name, examples)), "a\nb")), softmax(name)
    assert set(model["typical"]) == set(known(_signs(examples, name)))
    assert set(model["answers"]) >= set(used.answers) - {"chin_tuck+pelvic_tuck"}


def test_the_model_that_is_used_knows_people_whom_it_has_not_learned(examples):
    lost = fit_for("causes", examples)
    right = 0
    for one in lost:
        found = likelihoods(softmax("causes").probabilities(known(one.cause_signs)))
        best = max(found, key=found.get)
        right += best in one.faults or (found[best] < 0.5 and answer_of(one) == "nothing")
    assert right / len(lost) > 0.6


def test_the_same_seed_gives_the_same_people(examples):
    again = of_the_repository(3, 5)
    assert [next(again) for _ in range(5)] == examples[:5]


def test_two_opinions_weigh_the_same():
    ours = [Example({}, None, squat=False, faults=frozenset(), allowed=frozenset())] * 10
    others = [Example({}, None, squat=True, faults=frozenset(), allowed=frozenset())] * 3
    both = balanced(ours, others)
    assert sum(one.squat for one in both) == 9
    assert balanced(ours, []) == ours


@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_a_fit_says_what_is_more_often_so(told):
    """With one sign that says nothing, the answer is how often it occurs."""
    answers = ["yes" if yes else "no" for yes in told]
    model = fitted([{"sign": 1.0} for _ in told], answers)
    found = Softmax(**model).probabilities({"sign": 1.0})
    for name in set(answers):
        assert found[name] == pytest.approx(answers.count(name) / len(answers), abs=0.01)


def _signs(examples, name):
    if name == "squat":
        return examples[0].kind_signs
    return next(one.cause_signs for one in examples if one.cause_signs)
