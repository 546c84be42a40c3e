"""What a repetition with lost contacts looked like deep down, against standing."""

import math
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import Steps
from rig.names import PADS

_DEEP: Final = 0.8  # of the excursion: where the pads are looked at
_LEAST: Final = 0.05  # of the force in standing: none
_MOST: Final = 1.2  # a pad that presses harder says no more


@dataclass(frozen=True)
class Signs:
    """Forces of pads are over those in standing; NaN where something is not known."""

    heel: float  # change of the heel share
    drop_m: float
    depth: float  # root of the drop over the usual one
    head: float
    middle: float  # logarithm
    tailbone: float
    tailbone_at: float  # share of the excursion at which its contact went, and
    tailbone_lost: float  # for which part of the repetition
    lost_head: float  # 1 or 0
    lost_mid_back: float
    lost_tailbone: float

    @property
    def values(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


def signs(
    inside: Steps, stance: Stance, excursion: Excursion, losses: list[Loss], depth: float
) -> Signs:
    """Of a repetition; `depth` is by its drop alone."""
    deep = inside[np.interp(inside["t_s"], excursion.t_s, excursion.depth) > _DEEP]
    pad = {
        name: _over(forces, before)
        for name, forces, before in zip(PADS, deep["pad_n"].T, stance.pad_n, strict=True)
    }
    gone = [loss for loss in losses if loss.pad == "tailbone"]
    lost = {f"lost_{pad}": float(any(loss.pad == pad for loss in losses)) for pad in PADS}
    return Signs(
        heel=float(np.median(deep["heel_share"])) - stance.heel_share,
        drop_m=excursion.peak_drop_m,
        depth=depth,
        head=min(pad["head"], _MOST),
        middle=math.log(max(pad["mid_back"], _LEAST)),  # of NaN, first, max and min make NaN
        tailbone=min(pad["tailbone"], _MOST),
        tailbone_at=excursion.depth_at(min(loss.start_s for loss in gone)) if gone else 1.0,
        tailbone_lost=_share(gone, excursion),
        **lost,
    )


def _share(losses: list[Loss], excursion: Excursion) -> float:
    """The part of an excursion for which a contact was lost."""
    start_s, end_s = excursion.start_s, excursion.end_s
    lost_s = sum(min(loss.end_s, end_s) - max(loss.start_s, start_s) for loss in losses)
    return lost_s / (end_s - start_s)


def _over(forces: npt.NDArray[np.float64], before: float) -> float:
    """Median force over that in standing; NaN if either is not known."""
    known = forces[np.isfinite(forces)]
    return float(np.median(known)) / before if len(known) and before > 0 else math.nan
