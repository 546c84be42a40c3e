"""What a pattern of lost contacts was caused by: all that fits, with how likely each is.

A dowel on three contacts says little of the spine's shape, but what it says follows from its
mechanics. Where the back rounds, the middle comes out and eases both ends; where only the pelvis
tucks, the tailbone leaves and the head hardly notices; in a bend from the waist the tailbone
leaves, the load goes to the toes and the body comes down little; a neck that flexes takes the head
off alone. Odds are sums of weighted signals (a logistic model), weights rounded from fits to two
simulated bodies of different construction, so *provisional*: `docs/analysis.md` says how well they
agree with a third look.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import Steps
from rig.names import FaultName

Weights = Mapping[str, float]

FROM_THE_WAIST: Final[Weights] = {"1": 10.5, "heel": -7.0, "drop_m": -55.0, "depth": -9.0}
ROUNDING_NOT_PELVIS: Final[Weights] = {"1": -0.9, "head": -4.0, "middle": 3.3}
PELVIS_NOT_CHANCE: Final[Weights] = {"1": 0.15, "tailbone": -16.0, "tailbone_lost": 1.4}
ROUNDING_NOT_NECK: Final[Weights] = {"1": -6.0, "middle": 7.0}
ROUNDING_NOT_BOTH: Final[Weights] = {"1": 0.0, "middle": 4.0, "tailbone_at": -4.0}

_DEEP: Final = 0.8  # of the excursion: where the pads are looked at
ARCHING: Final = 0.95  # of lost mid-backs
_LIKE: Final = 0.3  # as likely as this, a second cause cannot be told from the first:
_TOLD: Final = 0.5  # it is reported with this confidence
_LEAST: Final = 0.05  # of the force in standing: none


@dataclass(frozen=True)
class Signs:
    """What a repetition looked like deep down, against standing."""

    heel: float  # change of the heel share
    drop_m: float
    depth: float  # root of the drop over the usual one
    head: float  # force over that in standing, at most 1.2
    middle: float  # logarithm of the same; 0.5 if the mid-back is not known
    tailbone: float  # force over that in standing, at most 1.2
    tailbone_at: float  # depth at which its contact went, and
    tailbone_lost: float  # for which part of the repetition

    def likely(self, weights: Weights, **more: float) -> float:
        """Probability of what these weights are of; `more` signals by name."""
        values = {"1": 1.0, **vars(self), **more}
        odds = sum(weight * values[name] for name, weight in weights.items())
        return 1 / (1 + math.exp(-odds))


def signs(
    inside: Steps, stance: Stance, excursion: Excursion, losses: list[Loss], depth: float
) -> Signs:
    """Of a repetition; `depth` is by its drop alone."""
    deep = inside[np.interp(inside["t_s"], excursion.t_s, excursion.depth) > _DEEP]
    head, middle, tail = (
        _over(forces, before) for forces, before in zip(deep["pad_n"].T, stance.pad_n, strict=True)
    )
    gone = [loss for loss in losses if loss.pad == "tailbone"]
    return Signs(
        heel=float(np.median(deep["heel_share"])) - stance.heel_share,
        drop_m=excursion.peak_drop_m,
        depth=depth,
        head=min(head, 1.2) if head == head else 0.6,
        middle=math.log(max(middle, _LEAST)) if middle == middle else 0.5,
        tailbone=min(tail, 1.2) if tail == tail else 0.0,
        tailbone_at=excursion.depth_at(min(loss.start_s for loss in gone)) if gone else 1.0,
        tailbone_lost=_share(gone, excursion),
    )


def causes(lost: set[str], seen: Signs) -> dict[FaultName, float]:
    """Causes of the loss of these pads with their confidences."""
    if "mid_back" in lost:
        return {"arching": ARCHING}
    if lost == {"head"}:
        rounding = seen.likely(ROUNDING_NOT_NECK)
        return together({"rounding": rounding, "chin_tuck": 1 - rounding})
    waist = seen.likely(FROM_THE_WAIST)
    if "head" in lost:
        rounding = (1 - waist) * seen.likely(ROUNDING_NOT_BOTH)
        neck = pelvis = 1 - waist - rounding
    else:
        rounding = (1 - waist) * seen.likely(ROUNDING_NOT_PELVIS)
        neck, pelvis = 0.0, (1 - waist - rounding) * seen.likely(PELVIS_NOT_CHANCE)
    return together(
        {"waist_bend": waist, "rounding": rounding, "pelvic_tuck": pelvis, "chin_tuck": neck}
    )


def _share(losses: list[Loss], excursion: Excursion) -> float:
    """The part of an excursion for which a contact was lost."""
    start_s, end_s = excursion.start_s, excursion.end_s
    lost_s = sum(min(loss.end_s, end_s) - max(loss.start_s, start_s) for loss in losses)
    return lost_s / (end_s - start_s)


def together(found: dict[FaultName, float]) -> dict[FaultName, float]:
    """What cannot be told apart is reported together."""
    return {name: _TOLD if _LIKE <= likely < _TOLD else likely for name, likely in found.items()}


def _over(forces: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", before: float) -> float:
    """Median force over that in standing; NaN if either is not known."""
    known = forces[np.isfinite(forces)]
    return float(np.median(known)) / before if len(known) and before > 0 else math.nan
