"""A repetition from a bend: kind, measures, contacts, faults and score."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from rig.analysis.movement.contacts import contacts
from rig.analysis.movement.descent import Bend
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.faults import find_faults
from rig.analysis.movement.kind import is_squat
from rig.analysis.movement.phases import Excursion, excursions
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings
from rig.names import PADS, RepKind
from rig.repetition import Rep


class Found(NamedTuple):
    """A repetition, and how its contacts were held (values of the event `contacts`)."""

    rep: Rep
    contacts: dict[str, Any] | None


class RepMaker:
    """Turns bends into repetitions of one person; knows the deepest so far.

    `usual_drop_m` is the person's usual depth where it is known from before, else 0.
    """

    def __init__(self, settings: AnalysisSettings, usual_drop_m: float) -> None:
        self._settings = settings
        self._known = usual_drop_m > 0
        self._usual_drop_m = usual_drop_m
        self._index = 0

    def reps(
        self, bend: Bend, losses: list[Loss], body_weight_n: float, decided_s: float
    ) -> list[Found]:
        """The repetitions of a bend, in order."""
        t = np.array([s.t_ns for s in bend.samples], dtype=np.float64) * 1e-9
        return [
            self._rep(bend, excursion, losses, body_weight_n, decided_s)
            for excursion in excursions(t, bend.drop_m)
        ]

    def _rep(
        self,
        bend: Bend,
        excursion: Excursion,
        losses: list[Loss],
        body_weight_n: float,
        decided_s: float,
    ) -> Found:
        if not self._known:
            self._usual_drop_m = max(self._usual_drop_m, excursion.peak_drop_m)
        depth = (excursion.peak_drop_m / self._usual_drop_m) ** 0.5
        mine = [
            loss
            for loss in losses
            if loss.start_s < excursion.end_s and loss.end_s > excursion.start_s
        ]
        first = min(mine, key=lambda loss: loss.start_s, default=None)
        inside = [s for s in bend.samples if excursion.start_s <= s.t_s <= excursion.end_s]
        squat = is_squat(inside, body_weight_n, excursion.peak_drop_m, self._settings)
        kind: RepKind = "squat" if squat else self._kind(depth, excursion.peak_drop_m)
        bottom = [s for s in inside if excursion.phase_at(s.t_s) == "bottom"] or inside
        shares = [s.heel_share for s in inside]
        self._index += 1
        rep = Rep(
            index=self._index,
            kind=kind,
            start_s=excursion.start_s,
            bottom_start_s=excursion.bottom_start_s,
            bottom_end_s=excursion.bottom_end_s,
            end_s=excursion.end_s,
            decided_s=decided_s,
            depth=depth,
            drop_m=excursion.peak_drop_m,
            body_weight_n=body_weight_n,
            heel_share_standing=bend.standing.heel_share,
            heel_share_bottom=_mean(bottom, lambda s: s.heel_share),
            heel_share_min=min(shares),
            heel_share_max=max(shares),
            asymmetry_pct=_mean(inside, lambda s: s.asymmetry_pct),
            cop_ap_range_mm=_range(inside, lambda s: s.cop_ap_mm),
            cop_ml_range_mm=_range(inside, lambda s: s.cop_ml_mm),
            contact_kept_pct=_contact_kept(inside),
            first_loss=first.pad if first else None,
            first_loss_phase=excursion.phase_at(first.start_s) if first else None,
            faults=find_faults(bend, excursion, mine, depth, self._settings),
            score=1 if kind == "incomplete" else 2 if mine else 3,
        )
        return Found(rep, contacts(inside, excursion, mine, depth, self._settings))

    def _kind(self, depth: float, drop_m: float) -> RepKind:
        """By the usual depth, as long as that is the depth of any bend at all."""
        s = self._settings
        if depth < s.incomplete_below or drop_m < s.least_rep_m:
            return "incomplete"
        return "partial" if depth < s.partial_below else "hinge"


def _mean(part: list[Sample], value: Callable[[Sample], float]) -> float:
    return sum(value(s) for s in part) / len(part)


def _range(part: list[Sample], value: Callable[[Sample], float]) -> float:
    values = [value(s) for s in part]
    return max(values) - min(values)


def _contact_kept(
    inside: list[Sample],
) -> tuple[float | None, float | None, float | None]:
    """Share of the frames with a trusted pad in which it touched, in per cent."""
    kept: list[float | None] = []
    for pad in range(len(PADS)):
        touches = [s.touch[pad] for s in inside if s.pads_valid[pad]]
        kept.append(100.0 * sum(touches) / len(touches) if touches else None)
    return kept[0], kept[1], kept[2]
