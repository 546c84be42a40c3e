"""Hinge or squat: a hint, as far as plates can tell without an inclination.

Both lower the centre of mass, and people cancel most of the moment by which a rotating trunk would
show in the centre of pressure. What is left: no hinge lowers the centre of mass as far as a deep
squat does. The limit is *provisional*.
"""

import math

from rig.analysis.settings import RepetitionSettings


def squat_probability(drop_m: float, settings: RepetitionSettings) -> float:
    """How likely a bend with this drop of the centre of mass is a knee bend with upright trunk."""
    s = settings
    odds = (drop_m - s.hinge_deepest_m) / s.hinge_deepest_spread_m
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))
