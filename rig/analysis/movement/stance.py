"""How a person stood before a bend: means."""

from typing import NamedTuple

import numpy as np

from rig.analysis.movement.steps import Steps


class Stance(NamedTuple):
    """Means over a while of standing; NaN where nothing is known."""

    fz_n: float
    heel_share: float
    asymmetry_pct: float
    pad_n: tuple[float, ...]


def stance_of(steps: Steps) -> Stance:
    """Of at least one step of standing."""
    force = steps["pad_n"]
    known = np.isfinite(force)
    means = np.where(known, force, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return Stance(
        float(steps["fz_n"].mean()),
        float(steps["heel_share"].mean()),
        float(steps["asymmetry_pct"].mean()),
        tuple(np.where(known.any(axis=0), means, np.nan).tolist()),
    )
