"""Hinge or squat, as far as the plates can tell.

A trunk that rotates forward needs a moment, which the ground gives through the centre of pressure:
it goes back while the descent begins (force below weight) and forward while it brakes (force above
weight), and the same on the way up. So in a hinge the centre of pressure follows the total force;
in a knee bend with an upright trunk it hardly does. Changes are compared, not values: leaning onto
heels or toes is slower than the forces. The slope, in millimetres per body weight, was above 51 for
98 % of 601 simulated hinges and below 49 for 99 % of 96 simulated squats of bodies from 45 to
130 kg; recorded squats of one person gave 12 to 44. The limit is *provisional*.
"""

from typing import Final

import numpy as np

from rig.analysis.movement.sample import Sample

_LEAST_SPAN: Final = 0.06  # of body weight; slower bends move the force too little to tell
_APART: Final = 5  # frames between the values whose difference is taken


def rotation_slope_mm(inside: list[Sample], body_weight_n: float) -> float | None:
    """Change of the centre of pressure over change of force; None if it cannot be told."""
    if len(inside) < 4 * _APART:
        return None
    force = np.array([s.fz_n for s in inside]) / body_weight_n
    cop = np.array([s.cop_ap_mm for s in inside])
    if float(np.ptp(force)) < _LEAST_SPAN or not np.isfinite(cop).all():
        return None
    d_force, d_cop = force[_APART:] - force[:-_APART], cop[_APART:] - cop[:-_APART]
    return float((d_force * d_cop).sum() / (d_force**2).sum())
