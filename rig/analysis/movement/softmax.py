"""Answers with their probabilities from signs: a multinomial logistic model, kept as text.

A sign counts by how far it is from what is typical, in its usual spread; what is not known counts
as typical. The odds of an answer are the sum of its weights times that. So a weight says how much
one usual spread of a sign speaks for an answer, and each answer can be explained by its signs.
"""

import math
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

Table = Mapping[str, float]

_BIAS: Final = "bias"


class Softmax:
    """A model: `typical` and `spread` of each sign, and for each answer a bias and its weights.

    Signs without a weight for an answer do not matter to it.
    """

    def __init__(self, typical: Table, spread: Table, answers: Mapping[str, Table]) -> None:
        self._typical, self._spread, self._answers = typical, spread, answers

    @property
    def answers(self) -> tuple[str, ...]:
        """That it knows."""
        return tuple(self._answers)

    def probabilities(self, signs: Table) -> dict[str, float]:
        """Of each answer; they sum to 1. A sign may be NaN, which is: not known."""
        odds = {
            answer: weights[_BIAS] + sum(self._shares(weights, signs).values())
            for answer, weights in self._answers.items()
        }
        most = max(odds.values())
        shares = {answer: math.exp(odd - most) for answer, odd in odds.items()}
        return {answer: share / sum(shares.values()) for answer, share in shares.items()}

    def reasons(self, answer: str, signs: Table, most: int = 2) -> list[str]:
        """The signs that speak most for an answer, against what they say of the others on average.

        Each with `low` or `high`, as `middle low`; fewer than `most` if fewer speak for it.
        """
        mine = self._shares(self._answers[answer], signs)
        every = [self._shares(weights, signs) for weights in self._answers.values()]
        gains = {
            name: share - sum(other.get(name, 0.0) for other in every) / len(every)
            for name, share in mine.items()
        }
        best = sorted((name for name in gains if gains[name] > 0), key=lambda n: -gains[n])
        return [f"{n} {'low' if signs[n] < self._typical[n] else 'high'}" for n in best[:most]]

    def _shares(self, weights: Table, signs: Table) -> dict[str, float]:
        return {
            name: weight * (signs[name] - self._typical[name]) / self._spread[name]
            for name, weight in weights.items()
            if name != _BIAS and not math.isnan(signs[name])
        }


def softmax(name: str) -> Softmax:
    """The model in the file of this name beside this module; its card is `docs/models.md`."""
    text = files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return Softmax(**tomllib.loads(text))
