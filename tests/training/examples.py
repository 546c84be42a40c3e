"""Repetitions with what the analysis saw of them and what is true of them, to learn from."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rig.analysis.pipeline import Output
from rig.repetition import Rep
from rig.simulation.trainee.balance import BODY_MODELS
from rig.simulation.trainee.labels import end_s, start_s
from tests.support.outside import TrueRep, bodies
from tests.support.scoring import Run, run
from tests.training.people import people

_SAME = 0.5  # common time over all time that two spans of one repetition have


@dataclass(frozen=True)
class Example:
    """One repetition. `kind_signs` and `cause_signs` by name; a sign may be None: not known."""

    kind_signs: dict[str, float | None]
    cause_signs: dict[str, float | None] | None
    """None where no contact was lost."""
    squat: bool
    faults: frozenset[str]
    allowed: frozenset[str]
    """Neither demanded nor wrong."""


def of_the_repository(each: int, seed: int) -> Iterator[Example]:
    """Of `each` people of every body model of the repository, drawn from `seed`."""
    for model in BODY_MODELS:
        for scenario in people(each, random.Random(f"{seed}-{model}"), model):
            yield from _of_run(run(scenario))


def of_bodies(directories: Iterable[Path]) -> Iterator[Example]:
    """Of libraries of independent bodies, as their generator leaves them."""
    for directory in directories:
        for one in bodies(directory):
            squats = [(truth, True) for truth in one.squats]
            yield from _matched(one.output, [(truth, False) for truth in one.reps] + squats)


def _of_run(one: Run) -> Iterator[Example]:
    off_s = one.t_s[0]  # the analysis counts from the first frame
    truths = [
        (
            TrueRep(start_s(rep) - off_s, end_s(rep) - off_s, frozenset(rep.faults)),
            rep.kind == "squat",
        )
        for rep in one.performance.reps
        if rep.kind != "none"
    ]
    yield from _matched(one.output, truths)


def _matched(output: Output, truths: list[tuple[TrueRep, bool]]) -> Iterator[Example]:
    """Each repetition that was done, with the signs of the one that was found there."""
    reps = {e.values["rep"].index: e.values["rep"] for e in output.events if e.name == "rep"}
    told = {e.values["rep"]: e.values for e in output.events if e.name == "signs"}
    for truth, is_squat in truths:
        rep = max(reps.values(), key=_overlap_with(truth), default=None)
        if rep is not None and _overlap_with(truth)(rep) >= _SAME:
            yield _example(told[rep.index], truth, is_squat=is_squat)


def _example(told: dict[str, Any], truth: TrueRep, *, is_squat: bool) -> Example:
    return Example(told["kind"], told["causes"], is_squat, truth.faults, truth.allowed)


def _overlap_with(truth: TrueRep) -> Callable[[Rep], float]:
    def overlap(rep: Rep) -> float:
        common = min(rep.end_s, truth.end_s) - max(rep.start_s, truth.start_s)
        whole = max(rep.end_s, truth.end_s) - min(rep.start_s, truth.start_s)
        return max(common, 0.0) / whole

    return overlap
