"""Fits a multinomial logistic model to examples, and writes it as the text that the rig reads."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]

_PENALTY: Final = 1e-3  # on squared weights, so that what says nothing weighs nothing
_LEAST: Final = 0.005  # smaller weights are not written


def fitted(
    rows: Sequence[Mapping[str, float | None]], answers: Sequence[str]
) -> dict[str, dict[str, dict[str, float]] | dict[str, float]]:
    """`typical`, `spread` and `answers` of a model for these signs (None: not known) and answers.

    Every answer weighs as often as it occurs.
    """
    names, told = list(rows[0]), sorted(set(answers))
    signs = np.array([[_number(row[name]) for name in names] for row in rows])
    typical, spread = np.nanmean(signs, axis=0), np.nanstd(signs, axis=0) + 1e-9
    scaled = np.nan_to_num((signs - typical) / spread)
    right = np.array([[answer == one for one in told] for answer in answers], float)
    weights = _weights(np.c_[np.ones(len(scaled)), scaled], right)
    return {
        "typical": dict(zip(names, typical.round(4).tolist(), strict=True)),
        "spread": dict(zip(names, spread.round(4).tolist(), strict=True)),
        "answers": {
            answer: _told(names, row) for answer, row in zip(told, weights.tolist(), strict=True)
        },
    }


def text(model: Mapping[str, Mapping[str, object]], about: str) -> str:
    """The model as TOML, under some lines of comment."""
    lines = [f"# {line}" for line in about.splitlines()]
    for part in ("typical", "spread"):
        lines += ["", f"[{part}]", *_pairs(model[part])]
    for answer, weights in model["answers"].items():
        assert isinstance(weights, dict)
        lines += ["", f'[answers."{answer}"]', *_pairs(weights)]
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _told(names: list[str], row: list[float]) -> dict[str, float]:
    weights = {name: round(w, 2) for name, w in zip(names, row[1:], strict=True) if abs(w) > _LEAST}
    return {"bias": round(row[0], 2), **weights}


def _pairs(values: Mapping[str, object]) -> list[str]:
    return [f"{name} = {value}" for name, value in values.items()]


def _weights(signs: Floats, right: Floats) -> Floats:
    """(answers, 1 + signs): most likely, with a penalty on all but the first column."""
    shape = right.shape[1], signs.shape[1]

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        odds = signs @ weights.T
        odds -= odds.max(axis=1, keepdims=True)
        likely = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        slope = (likely - right).T @ signs / len(right)
        free = np.c_[np.zeros(shape[0]), weights[:, 1:]]
        unlikely = -np.log((likely * right).sum(axis=1) + 1e-12).mean()
        return unlikely + _PENALTY * (free**2).sum(), (slope + 2 * _PENALTY * free).ravel()

    found: Floats = minimize(cost, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B").x
    return found.reshape(shape)
