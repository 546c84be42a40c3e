"""Which bends are repetitions: those of the angle where it is known, else those of the plates."""

import math
from collections import deque
from typing import Any, NamedTuple

import numpy as np

from rig.analysis.movement.bend import Bend
from rig.analysis.movement.dowel import Dowel
from rig.analysis.movement.lead import Lead
from rig.analysis.movement.lean import Lean
from rig.analysis.movement.reps import About, Found, RepMaker
from rig.analysis.movement.stance import stance_of
from rig.analysis.movement.step import NODE_STEPS, STEP_S
from rig.analysis.settings import AnalysisSettings
from rig.names import EventName


class Moment(NamedTuple):
    """When something is decided, and of whom; weights in newtons, None: not known."""

    now_s: float
    body_weight_n: float | None
    load_n: float


class Said(NamedTuple):
    """An event to be."""

    name: EventName
    values: dict[str, Any]


class Decisions:
    """Takes bends as they are found."""

    def __init__(
        self, settings: AnalysisSettings, dowel: Dowel, lead: Lead, reps: RepMaker
    ) -> None:
        self._settings, self._leans = settings.repetitions, settings.leans
        self._dowel, self._lead, self._reps = dowel, lead, reps
        self._bare: deque[float] = deque()  # times of nodes without the dowel

    def without_dowel(self, t_s: float) -> None:
        """At this node the dowel is not in place."""
        self._bare.append(t_s)

    def forget(self, before_s: float) -> None:
        """What was earlier is not asked for any more."""
        self._dowel.forget(before_s)
        while self._bare and self._bare[0] < before_s:
            self._bare.popleft()

    def by_plates(self, bend: Bend, moment: Moment) -> list[Said]:
        """A bend in total force; where the angle is known, it has told those of the trunk."""
        if self._aside(bend) or self._lead.saw(bend):
            return []
        if self._is_bare(bend):
            return [Said("bend_without_dowel", {})]
        about = self._about(bend, moment)
        if not self._lead.knows(bend):
            return _said(self._reps.rep(bend, about))
        start_s, end_s = float(bend.steps["t_s"][0]), float(bend.steps["t_s"][-1])
        lean_deg = self._lead.finder.highest(start_s, end_s)
        return _said(self._reps.upright(bend, lean_deg, about))

    def by_angle(self, lean: Lean, moment: Moment) -> list[Said]:
        """A bend of the trunk."""
        bend = self._lead.bend(lean)
        if self._aside(bend) or self._borne(bend):
            return []
        if self._is_bare(bend):
            return [Said("bend_without_dowel", {})]
        return _said(self._reps.led(bend, lean, self._about(bend, moment)))

    def _about(self, bend: Bend, moment: Moment) -> About:
        """Losses, body weight and time for a repetition that is decided now."""
        losses = self._dowel.losses + self._dowel.open_losses(moment.now_s)
        weight_n = moment.body_weight_n or bend.weight_n - moment.load_n
        return About(losses, weight_n if math.isfinite(weight_n) else None, moment.now_s)

    def _is_bare(self, bend: Bend) -> bool:
        """Whether it is a bend without the dowel."""
        start_s, end_s = float(bend.steps["t_s"][0]), float(bend.steps["t_s"][-1])
        bare = sum(start_s <= t_s <= end_s for t_s in self._bare) * NODE_STEPS
        return bare > self._settings.without_dowel * len(bend.steps)

    def _borne(self, bend: Bend) -> bool:
        """A seat bears a part of the load for longer than any bend can make it lighter."""
        light_n = self._leans.borne_share * stance_of(bend.stance).fz_n
        lasts_s = (bend.steps["fz_n"] < light_n).sum() * STEP_S
        return bool(lasts_s > self._leans.borne_s)

    def _aside(self, bend: Bend) -> bool:
        """A lunge or a step to the side is no bend."""
        moved = bend.steps["asymmetry_pct"] - stance_of(bend.stance).asymmetry_pct
        lasts_s = (np.abs(moved) > 200 * self._settings.aside).sum() * STEP_S
        return bool(lasts_s > self._settings.aside_s)


def _said(found: Found | None) -> list[Said]:
    if found is None:
        return []
    said = [Said("rep", {"rep": found.rep})]
    if found.contacts:
        said.append(Said("contacts", {"rep": found.rep.index, **found.contacts}))
    said.append(Said("signs", {"rep": found.rep.index, **found.signs}))
    return said
