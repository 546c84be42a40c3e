"""A repetition from a bend: kind, measures, contacts, faults and score."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.bend import Bend
from rig.analysis.movement.contacts import contact_kept_pct, contacts
from rig.analysis.movement.depth import DepthScale
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion, excursion
from rig.analysis.movement.faults import find_faults
from rig.analysis.movement.hinge_or_squat import squat_probability
from rig.analysis.movement.lean import Lean
from rig.analysis.movement.lean_causes import Falls
from rig.analysis.movement.lean_kind import LeanScale, squat_by_lean, usual_drop_of
from rig.analysis.movement.stance import Stance, stance_of
from rig.analysis.movement.step import Steps
from rig.analysis.settings import AnalysisSettings
from rig.names import RepKind
from rig.repetition import Rep

Floats = npt.NDArray[np.float64]

_EVEN = 0.5  # with the angle a squat is told from here


class Found(NamedTuple):
    """A repetition, and how its contacts were held (values of the event `contacts`)."""

    rep: Rep
    contacts: dict[str, Any] | None


class RepMaker:
    """Turns bends into repetitions of one person; knows the deepest so far.

    `usual_drop_m` and `usual_deg` are the person's usual depth where it is known from before, else
    0: by the plates, and by the dowel's inclination.
    """

    def __init__(
        self, settings: AnalysisSettings, usual_drop_m: float, usual_deg: float = 0.0
    ) -> None:
        self._settings = settings
        self._falls = Falls(usual_deg, usual_drop_m)
        self._leans = LeanScale(settings.leans, usual_deg)
        self._scale = DepthScale(settings.repetitions, usual_drop_m)
        self._index = 0

    def rep(
        self, bend: Bend, losses: list[Loss], body_weight_n: float | None, decided_s: float
    ) -> Found:
        """The repetition that a bend is."""
        there = excursion(bend.steps["t_s"], bend.drop_m)
        inside = _between(bend.steps, there.start_s, there.end_s)
        stance = stance_of(bend.stance)
        mine = [one for one in losses if one.start_s < there.end_s and one.end_s > there.start_s]
        squat = squat_probability(inside, stance, there)
        if squat < self._settings.repetitions.squat_surely:
            self._scale.note(there.peak_drop_m)
        depth = self._scale.depth(there.peak_drop_m, inside, stance)
        by_drop = self._scale.by_drop(there.peak_drop_m)
        kind = self._kind(depth, squat)
        self._index += 1
        rep = Rep(
            index=self._index,
            kind=kind,
            kind_confidence=round(squat if kind == "squat" else 1 - squat, 3),
            decided_s=decided_s,
            depth=depth,
            body_weight_n=body_weight_n,
            faults=find_faults(inside, stance, there, mine, by_drop, self._settings.faults),
            score=1 if kind == "incomplete" else 2 if mine else 3,
            **_times(there),
            **_shares(inside, stance, _between(inside, there.bottom_start_s, there.bottom_end_s)),
            **_losses(inside, there, mine),
        )
        return Found(rep, contacts(inside, there, mine, depth, self._settings.contacts))

    def led(
        self,
        bend: Bend,
        lean: Lean,
        losses: list[Loss],
        body_weight_n: float | None,
        decided_s: float,
    ) -> Found:
        """The repetition that a bend of the trunk is, by its angle."""
        s, drop_m = self._settings, float(bend.drop_m.max(initial=0.0))
        squat = squat_by_lean(lean.peak_deg, drop_m, s.leans)
        known = drop_m == drop_m
        there = replace(lean.there, peak_drop_m=drop_m if known else usual_drop_of(lean.peak_deg))
        inside = _between(bend.steps, there.start_s, there.end_s)
        mine = [one for one in losses if one.start_s < there.end_s and one.end_s > there.start_s]
        held = contacts(inside, there, mine, 1.0, s.contacts)
        usable = held["usable_depth"] if held else None
        if squat < _EVEN:
            self._leans.note(lean.peak_deg, lean.peak_deg * (1.0 if usable is None else usable))
            self._scale.note(there.peak_drop_m if known else 0.0)
        fall = self._falls.of(lean.peak_deg, drop_m)
        if squat < _EVEN and not mine:
            self._falls.note(lean.peak_deg, drop_m)
        depth = self._leans.depth(lean.peak_deg)
        by_drop = self._scale.by_drop(there.peak_drop_m)
        kind: RepKind = (
            "squat" if squat >= _EVEN else self._kind(self._leans.judged(lean.peak_deg), 0.0)
        )
        if kind != "squat" and lean.peak_deg < s.leans.counts_deg:
            kind = "incomplete"
        if kind == "incomplete" and known and by_drop >= s.repetitions.incomplete_below:
            kind = "partial"  # an arched back leans little, on hips that went all the way
        stance = stance_of(bend.stance)
        self._index += 1
        rep = Rep(
            index=self._index,
            kind=kind,
            kind_confidence=round(squat if kind == "squat" else 1 - squat, 3),
            decided_s=decided_s,
            depth=depth,
            depth_deg=lean.peak_deg,
            usable_depth_deg=None if usable is None else usable * lean.peak_deg,
            u_depth_deg=_of_known(np.max, inside["inclination_sd_deg"]),
            body_weight_n=body_weight_n,
            faults=find_faults(inside, stance, there, mine, by_drop, s.faults, fall),
            score=1 if kind == "incomplete" else 2 if mine else 3,
            **_times(there) | ({} if known else {"drop_m": None}),
            **_shares(inside, stance, _between(inside, there.bottom_start_s, there.bottom_end_s)),
            **_losses(inside, there, mine),
        )
        if held and usable is not None:
            held["usable_depth"] = round(depth * usable, 3)
        return Found(rep, held)

    def upright(
        self,
        bend: Bend,
        lean_deg: float,
        losses: list[Loss],
        body_weight_n: float | None,
        decided_s: float,
    ) -> Found | None:
        """A bend of the plates in which the trunk hardly leant: of the knees, or nothing."""
        there = excursion(bend.steps["t_s"], bend.drop_m)
        squat = squat_by_lean(lean_deg, there.peak_drop_m, self._settings.leans)
        lasts_s = there.end_s - there.start_s
        if squat < _EVEN or lasts_s > self._settings.leans.squat_longest_s:
            return None
        found = self.rep(bend, losses, body_weight_n, decided_s)
        sure = round(squat, 3)
        return found._replace(
            rep=replace(found.rep, kind="squat", kind_confidence=sure, depth_deg=max(lean_deg, 0.0))
        )

    def _kind(self, depth: float, squat: float) -> RepKind:
        s = self._settings.repetitions
        if squat >= s.squat_surely:
            return "squat"
        if depth < s.incomplete_below:
            return "incomplete"
        return "partial" if depth < s.partial_below else "hinge"


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
