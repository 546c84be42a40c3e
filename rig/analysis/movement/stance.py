"""How a person stood before a bend: means."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.step import Steps


class Stance(NamedTuple):
    """Means over a while of standing; NaN where nothing is known."""

    fz_n: float
    heel_share: float
    asymmetry_pct: float
    pad_n: tuple[float, ...]


def stance_of(steps: Steps) -> Stance:
    """Of some steps of standing."""
    fz, heels, asymmetry = (_mean(steps[name]) for name in ("fz_n", "heel_share", "asymmetry_pct"))
    return Stance(fz, heels, asymmetry, tuple(_mean(pad) for pad in steps["pad_n"].T))


def _mean(values: npt.NDArray[np.float64]) -> float:
    """Of what is known; NaN if nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan
