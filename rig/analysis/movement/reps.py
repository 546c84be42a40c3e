"""A repetition from a bend: kind, measures, contacts, faults and score."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.bend import Bend
from rig.analysis.movement.causes import CAUSES, because
from rig.analysis.movement.contacts import contact_kept_pct, contacts
from rig.analysis.movement.depth import DepthScale
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion, excursion
from rig.analysis.movement.faults import find_faults
from rig.analysis.movement.hinge_or_squat import KneeSigns, knee_signs, squat_probability
from rig.analysis.movement.signs import Signs, signs
from rig.analysis.movement.stance import Stance, stance_of
from rig.analysis.movement.step import Steps
from rig.analysis.settings import AnalysisSettings
from rig.names import RepKind
from rig.repetition import Rep

Floats = npt.NDArray[np.float64]


class Found(NamedTuple):
    """A repetition; values of the events that tell of its contacts, and what it was told by."""

    rep: Rep
    contacts: dict[str, Any] | None
    signs: dict[str, Any]


class RepMaker:
    """Turns bends into repetitions of one person; knows the deepest so far.

    `usual_drop_m` is the person's usual depth where it is known from before, else 0.
    """

    def __init__(self, settings: AnalysisSettings, usual_drop_m: float) -> None:
        self._settings = settings
        self._scale = DepthScale(settings.repetitions, usual_drop_m)
        self._index = 0

    def rep(self, bend: Bend, losses: list[Loss], body_weight_n: float, decided_s: float) -> Found:
        """The repetition that a bend is."""
        there = excursion(bend.steps["t_s"], bend.drop_m)
        inside = _between(bend.steps, there.start_s, there.end_s)
        stance = stance_of(bend.stance)
        mine = [one for one in losses if one.start_s < there.end_s and one.end_s > there.start_s]
        knees = knee_signs(inside, stance, there)
        squat = squat_probability(knees)
        if squat < self._settings.repetitions.squat_surely:
            self._scale.note(there.peak_drop_m)
        depth = self._scale.depth(there.peak_drop_m, inside, stance)
        seen = signs(inside, stance, there, mine, self._scale.by_drop(there.peak_drop_m))
        kind = self._kind(depth, squat)
        self._index += 1
        rep = Rep(
            index=self._index,
            kind=kind,
            kind_confidence=round(squat if kind == "squat" else 1 - squat, 3),
            decided_s=decided_s,
            depth=depth,
            body_weight_n=body_weight_n,
            faults=find_faults(inside, stance, there, mine, seen, self._settings.faults),
            score=1 if kind == "incomplete" else 2 if mine else 3,
            **_times(there),
            **_shares(inside, stance, _between(inside, there.bottom_start_s, there.bottom_end_s)),
            **_losses(inside, there, mine),
        )
        held = contacts(inside, there, mine, depth, self._settings.contacts)
        return Found(rep, held, _told_by(rep, knees, seen if mine else None))

    def _kind(self, depth: float, squat: float) -> RepKind:
        s = self._settings.repetitions
        if squat >= s.squat_surely:
            return "squat"
        if depth < s.incomplete_below:
            return "incomplete"
        return "partial" if depth < s.partial_below else "hinge"


def _told_by(rep: Rep, knees: KneeSigns, seen: Signs | None) -> dict[str, Any]:
    """Signs by name, None for what is not known; and which of them spoke for what was told."""
    causes = [fault.name for fault in rep.faults if seen and fault.name in CAUSES]
    return {
        "kind": _known(knees.values),
        "causes": _known(seen.values) if seen else None,
        "because": {name: because(name, seen) for name in causes if seen},
    }


def _known(values: dict[str, float]) -> dict[str, float | None]:
    return {name: round(v, 4) if math.isfinite(v) else None for name, v in values.items()}


def _between(steps: Steps, start_s: float, end_s: float) -> Steps:
    """The steps from one time to another."""
    return steps[(steps["t_s"] >= start_s) & (steps["t_s"] <= end_s)]


def _times(there: Excursion) -> dict[str, Any]:
    return {
        "start_s": there.start_s,
        "bottom_start_s": there.bottom_start_s,
        "bottom_end_s": there.bottom_end_s,
        "end_s": there.end_s,
        "drop_m": there.peak_drop_m,
    }


def _shares(inside: Steps, stance: Stance, low: Steps) -> dict[str, Any]:
    """Where the load was, in a repetition and at its bottom."""
    standing = stance.heel_share
    return {
        "heel_share_standing": standing if np.isfinite(standing) else None,
        "heel_share_bottom": _of_known(np.mean, low["heel_share"]),
        "heel_share_min": _of_known(np.min, inside["heel_share"]),
        "heel_share_max": _of_known(np.max, inside["heel_share"]),
        "asymmetry_pct": _of_known(np.mean, inside["asymmetry_pct"]),
        "cop_ap_range_mm": _of_known(np.ptp, inside["cop_ap_mm"]),
        "cop_ml_range_mm": _of_known(np.ptp, inside["cop_ml_mm"]),
    }


def _losses(inside: Steps, there: Excursion, mine: list[Loss]) -> dict[str, Any]:
    """How the contacts were kept, and which was lost first."""
    first = min(mine, key=lambda loss: loss.start_s, default=None)
    return {
        "contact_kept_pct": contact_kept_pct(inside),
        "first_loss": first.pad if first else None,
        "first_loss_phase": there.phase_at(first.start_s) if first else None,
    }


def _of_known(measure: Callable[[Floats], Any], values: Floats) -> float | None:
    """The measure of what is known; None if nothing is."""
    known = values[np.isfinite(values)]
    return float(measure(known)) if len(known) else None
