"""Hinge or squat: a hint, as far as plates and pads can tell without an inclination.

Both lower the centre of mass, and people cancel most of the moment by which a rotating trunk would
show in the centre of pressure. What is left: in a knee bend the centre of pressure goes slower for
the same vertical speed, the dowel presses as in standing, and no hinge comes down as far as a deep
squat. At one per cent of hinges lost that finds a fifth of the squats, so the answer is a
probability and takes nothing away below the contract's 0.9.

The weights are a model trained on simulated bodies, with one squat in ten bends (`squat.toml`, its
card is `docs/models.md`), *provisional*.
"""

import math
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.softmax import softmax
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import STEP_S, Steps

_MODEL: Final = softmax("squat")
_DEEP_M: Final = 0.30  # a drop beyond this speaks for the knees
_LEAST: Final = 0.01  # less is noise
_LOW: Final = 0.8  # of the excursion: where the pads are looked at
_SURE_BY_PLATES: Final = 0.1  # without pads no hinge is surer: recorded squats look like it
_SMOOTHED: Final = 5  # steps


@dataclass(frozen=True)
class KneeSigns:
    """What tells a bend of the knees; NaN where something is not known."""

    cop_rate: float  # logarithm of speed of the centre of pressure over vertical speed
    pads_change: float  # logarithm of what the pads changed by deep down, of standing
    deep_m: float  # how far the drop goes beyond what a hinge reaches

    @property
    def values(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


def knee_signs(inside: Steps, stance: Stance, excursion: Excursion) -> KneeSigns:
    """Of a bend."""
    return KneeSigns(
        cop_rate=_log(_cop_over_vertical(inside, excursion)),
        pads_change=_log(_pads_changed(inside, stance, excursion)),
        deep_m=max(excursion.peak_drop_m - _DEEP_M, 0.0),
    )


def squat_probability(seen: KneeSigns) -> float:
    """How likely a bend is one of the knees, with an upright trunk."""
    likely = _MODEL.probabilities(seen.values)["squat"]
    return max(likely, _SURE_BY_PLATES) if math.isnan(seen.pads_change) else likely


def _log(value: float) -> float:
    return math.log(max(value, _LEAST))  # of NaN, first, max makes NaN


def _cop_over_vertical(inside: Steps, excursion: Excursion) -> float:
    """Root mean square speed of the centre of pressure, forward and back, over vertical speed."""
    cop_mm = inside["cop_ap_mm"]
    if len(cop_mm) < 4 * _SMOOTHED or not np.isfinite(cop_mm).all():
        return math.nan
    smooth = np.convolve(cop_mm, np.full(_SMOOTHED, 1 / _SMOOTHED), "valid")
    depth = np.interp(inside["t_s"], excursion.t_s, excursion.depth)
    drop_mm = 1000 * excursion.peak_drop_m * depth**2
    vertical = math.sqrt(np.mean(np.gradient(drop_mm, STEP_S) ** 2))
    return math.sqrt(np.mean(np.gradient(smooth, STEP_S) ** 2)) / max(vertical, 1.0)


def _pads_changed(inside: Steps, stance: Stance, excursion: Excursion) -> float:
    """Mean change of the pads' forces deep down, as a share of those in standing."""
    low = np.interp(inside["t_s"], excursion.t_s, excursion.depth) > _LOW
    before = np.array(stance.pad_n)
    with np.errstate(divide="ignore", invalid="ignore"):
        changed = np.abs(inside["pad_n"][low] / before - 1)
    known = changed[np.isfinite(changed)]
    return float(known.mean()) if len(known) else math.nan
