"""Hinge or squat: a hint, as far as plates and pads can tell without an inclination.

Both lower the centre of mass, and people cancel most of the moment by which a rotating trunk would
show in the centre of pressure. What is left: in a knee bend the centre of pressure goes slower for
the same vertical speed, the dowel presses as in standing, and no hinge comes down as far as a deep
squat. At one per cent of hinges lost that finds a fifth of the squats, so the answer is a
probability and takes nothing away below the contract's 0.9.

A logistic model; weights from fits to two simulated bodies of different construction, with one
squat in ten bends; *provisional*.
"""

import math
from typing import Final

import numpy as np

from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import STEP_S, Steps

_BIAS: Final = -12.7
_COP: Final = -2.7  # for each factor e of speed of the centre of pressure over vertical speed
_PADS: Final = -2.3  # for each factor e of what the pads changed by
_DEEP_M: Final = 0.30  # a drop beyond this speaks for the knees,
_DEEP: Final = 160.0  # for each metre of it
_USUAL_PADS: Final = 0.2  # where there are none
_USUAL_COP: Final = 0.1  # where it is not known
_LEAST: Final = 0.01  # less is noise
_LOW: Final = 0.8  # of the excursion: where the pads are looked at
_CAUTION: Final = 0.6  # what two simulated bodies agree on is less sure of people
_MOST_ODDS: Final = 30.0
_PLATES_ALONE: Final = -3.7  # without pads no hinge is surer than 0.9: recorded squats look like it
_SMOOTHED: Final = 5  # steps


def squat_probability(inside: Steps, stance: Stance, excursion: Excursion) -> float:
    """How likely a bend is one of the knees, with an upright trunk."""
    odds = _BIAS + _COP * math.log(max(_cop_over_vertical(inside, excursion), _LEAST))
    odds += _PADS * math.log(max(_pads_changed(inside, stance, excursion), _LEAST))
    odds += _DEEP * max(excursion.peak_drop_m - _DEEP_M, 0.0)
    surest = -_MOST_ODDS if inside["pads_valid"].any() else _PLATES_ALONE
    return 1 / (1 + math.exp(-_CAUTION * max(min(odds, _MOST_ODDS), surest)))


def _cop_over_vertical(inside: Steps, excursion: Excursion) -> float:
    """Root mean square speed of the centre of pressure, forward and back, over vertical speed."""
    cop_mm = inside["cop_ap_mm"]
    if len(cop_mm) < 4 * _SMOOTHED or not np.isfinite(cop_mm).all():
        return _USUAL_COP
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
    return float(known.mean()) if len(known) else _USUAL_PADS
