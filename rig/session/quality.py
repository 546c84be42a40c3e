"""How good repetitions were, and what to work on next."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import Final

from rig.names import COUNTED_KINDS, FAULTS
from rig.repetition import Rep

CLEAN: Final = 3


def quality(rep: Rep) -> int:
    """3 clean, 2 with a fault or a lost contact, 1 not a whole hinge."""
    if rep.kind not in COUNTED_KINDS:
        return 1
    return CLEAN if rep.score == CLEAN and not rep.faults else 2


def best_streak(reps: Sequence[Rep]) -> int:
    """Most clean repetitions in a row."""
    runs = groupby(reps, key=lambda rep: quality(rep) == CLEAN)
    return max((sum(1 for _ in run) for clean, run in runs if clean), default=0)


def usable_deg(reps: Sequence[Rep]) -> float | None:
    """How far (degrees) the dowel leant before the tailbone's contact went; None: not known.

    Of the repetitions that count the middle one.
    """
    known = [
        rep.usable_depth_deg
        for rep in reps
        if rep.kind in COUNTED_KINDS and rep.usable_depth_deg is not None
    ]
    return round(median(known), 1) if known else None


def work_on(reps: Sequence[Rep]) -> str | None:
    """The one thing to work on: the fault of most repetitions, or going deeper (`depth`).

    Of faults that are as frequent the one that `FAULTS` names first; None after a clean set.
    """
    found = Counter(name for rep in reps for name in {fault.name for fault in rep.faults})
    if found:
        return min(FAULTS, key=lambda name: -found[name])
    return "depth" if any(rep.kind == "incomplete" for rep in reps) else None
