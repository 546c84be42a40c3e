"""A repetition from a bend: kind, measures, contacts, faults and score."""

import math
from collections.abc import Callable
from dataclasses import replace
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
from rig.analysis.movement.hinge_or_squat import knee_signs, squat_probability
from rig.analysis.movement.lean import Lean
from rig.analysis.movement.lean_causes import Fall, Falls
from rig.analysis.movement.lean_kind import LeanScale, squat_by_lean, usual_drop_of
from rig.analysis.movement.signs import Signs, signs
from rig.analysis.movement.stance import Stance, stance_of
from rig.analysis.movement.step import Steps
from rig.analysis.settings import AnalysisSettings
from rig.names import RepKind
from rig.repetition import Rep

Floats = npt.NDArray[np.float64]

_EVEN = 0.5  # with the angle a squat is told from here


class Found(NamedTuple):
    """A repetition; values of the events that tell of its contacts, and what it was told by."""

    rep: Rep
    contacts: dict[str, Any] | None
    signs: dict[str, Any]


class About(NamedTuple):
    """Of what a bend is to be told: contacts lost about then, the weight if known, and the time."""

    losses: list[Loss]
    body_weight_n: float | None
    decided_s: float


class _Verdict(NamedTuple):
    """What a bend was, by which signs."""

    kind: RepKind
    squat: float
    depth: float
    signs: dict[str, float]
    fall: Fall | None = None


class _Look(NamedTuple):
    """A bend as it is judged: excursion, steps, the standing before, contacts lost in it."""

    there: Excursion
    inside: Steps
    stance: Stance
    mine: list[Loss]


def _look(bend: Bend, there: Excursion, losses: list[Loss]) -> _Look:
    mine = [one for one in losses if one.start_s < there.end_s and one.end_s > there.start_s]
    inside = _between(bend.steps, there.start_s, there.end_s)
    return _Look(there, inside, stance_of(bend.stance), mine)


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

    def rep(self, bend: Bend, about: About) -> Found:
        """The repetition that a bend of the plates is."""
        look = _look(bend, excursion(bend.steps["t_s"], bend.drop_m), about.losses)
        drop_m = look.there.peak_drop_m
        knees = knee_signs(look.inside, look.stance, look.there)
        squat = squat_probability(knees)
        if squat < self._settings.repetitions.squat_surely:
            self._scale.note(drop_m)
        depth = self._scale.depth(drop_m, look.inside, look.stance)
        verdict = _Verdict(self._kind(depth, squat), squat, depth, knees.values)
        return self._found(look, verdict, about)

    def led(self, bend: Bend, lean: Lean, about: About) -> Found:
        """The repetition that a bend of the trunk is, by its angle."""
        peak_deg, drop_m = lean.peak_deg, float(bend.drop_m.max(initial=0.0))
        known = drop_m == drop_m
        there = replace(lean.there, peak_drop_m=drop_m if known else usual_drop_of(peak_deg))
        look = _look(bend, there, about.losses)
        held = self._contacts(look, 1.0)
        usable = held["usable_depth"] if held else None
        squat = squat_by_lean(peak_deg, drop_m, self._settings.leans)
        fall = self._falls.of(peak_deg, drop_m)
        if squat < _EVEN:
            self._note(look, peak_deg, drop_m, 1.0 if usable is None else usable)
        told_by = {"lean_deg": peak_deg, "drop_m": drop_m}
        kind = self._kind_by_lean(peak_deg, drop_m, squat)
        verdict = _Verdict(kind, squat, self._leans.depth(peak_deg), told_by, fall)
        return self._found(
            look,
            verdict,
            about,
            drop_m=drop_m if known else None,
            depth_deg=peak_deg,
            usable_depth_deg=None if usable is None else usable * peak_deg,
            u_depth_deg=_of_known(np.max, look.inside["inclination_sd_deg"]),
        )

    def upright(self, bend: Bend, lean_deg: float, about: About) -> Found | None:
        """A bend of the plates in which the trunk hardly leant: of the knees, or nothing."""
        look = _look(bend, excursion(bend.steps["t_s"], bend.drop_m), about.losses)
        drop_m = look.there.peak_drop_m
        squat = squat_by_lean(lean_deg, drop_m, self._settings.leans)
        lasts_s = look.there.end_s - look.there.start_s
        if squat < _EVEN or lasts_s > self._settings.leans.squat_longest_s:
            return None
        told_by = {"lean_deg": lean_deg, "drop_m": drop_m}
        verdict = _Verdict("squat", squat, self._scale.by_drop(drop_m), told_by)
        return self._found(look, verdict, about, depth_deg=max(lean_deg, 0.0))

    def _found(self, look: _Look, verdict: _Verdict, about: About, **more: float | None) -> Found:
        there, inside, stance, mine = look
        kind, squat, depth, told_by, fall = verdict
        seen = signs(inside, stance, there, mine, self._scale.by_drop(there.peak_drop_m))
        low = _between(inside, there.bottom_start_s, there.bottom_end_s)
        self._index += 1
        values = _times(there) | _shares(inside, stance, low) | _losses(inside, there, mine) | more
        rep = Rep(
            index=self._index,
            kind=kind,
            kind_confidence=round(squat if kind == "squat" else 1 - squat, 3),
            decided_s=about.decided_s,
            depth=depth,
            body_weight_n=about.body_weight_n,
            faults=find_faults(inside, stance, there, mine, seen, self._settings.faults, fall),
            score=1 if kind == "incomplete" else 2 if mine else 3,
            **values,
        )
        said = _told_by(rep, told_by, seen if mine else None, fall)
        return Found(rep, self._contacts(look, depth), said)

    def _contacts(self, look: _Look, depth: float) -> dict[str, Any] | None:
        return contacts(look.inside, look.there, look.mine, depth, self._settings.contacts)

    def _note(self, look: _Look, peak_deg: float, drop_m: float, usable: float) -> None:
        """A bend of the trunk tells how deep this person goes."""
        self._leans.note(peak_deg, usable * peak_deg)
        self._scale.note(drop_m if drop_m == drop_m else 0.0)
        if not look.mine:
            self._falls.note(peak_deg, drop_m)

    def _kind_by_lean(self, peak_deg: float, drop_m: float, squat: float) -> RepKind:
        if squat >= _EVEN:
            return "squat"
        small = peak_deg < self._settings.leans.counts_deg
        kind = "incomplete" if small else self._kind(self._leans.judged(peak_deg), 0.0)
        least = self._settings.repetitions.incomplete_below
        if kind == "incomplete" and least <= self._scale.by_drop(drop_m) < 1.0:
            return "partial"  # an arched back leans little, on hips that went as far as before
        return kind

    def _kind(self, depth: float, squat: float) -> RepKind:
        s = self._settings.repetitions
        if squat >= s.squat_surely:
            return "squat"
        if depth < s.incomplete_below:
            return "incomplete"
        return "partial" if depth < s.partial_below else "hinge"


def _told_by(
    rep: Rep, kind: dict[str, float], seen: Signs | None, fall: Fall | None
) -> dict[str, Any]:
    """Signs by name, None for what is not known; and which of them spoke for what was told."""
    causes = [fault.name for fault in rep.faults if fault.name in CAUSES]
    by_lean = {} if fall is None else {"fall": fall.value}
    return {
        "kind": _known(kind),
        "causes": _known(seen.values | by_lean) if seen else None,
        "because": {name: because(name, seen) for name in causes} if seen and not by_lean else {},
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
