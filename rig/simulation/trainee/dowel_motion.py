"""What an inertial sensor on the dowel would feel: specific force and angular velocity, exactly.

The rod lies along the trunk while it is held, else it leans beside the platform. The sensor sits on
it `_ABOVE_HIP_M` above the hip, mounted at angles that nobody knows. Sagittal plane; x forward, y
left, z up; an inclination forward turns about +y.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.simulation.trainee.body import GRAVITY

Floats = npt.NDArray[np.float64]

_ABOVE_HIP_M: Final = 0.45  # between the shoulder blades; provisional
_LEANS_RAD: Final = np.radians(12.0)  # beside the platform
_MOUNTED_RAD: Final = (0.10, 0.35, 0.20)  # spreads about x, y and z; provisional


def inclination_rad(trunk_deg: Floats, held: Floats) -> Floats:
    """Of the dowel from the vertical, forward (n,)."""
    share = np.clip(held, 0.0, 1.0)
    inclined: Floats = share * np.radians(trunk_deg) + (1 - share) * _LEANS_RAD
    return inclined


def dowel_motion(
    angle_rad: Floats, hip_x_m: Floats, hip_z_m: Floats, rate_hz: float, seed: int
) -> Floats:
    """Specific force (m/s²) and angular velocity (rad/s) in the sensor's axes, (n, 6).

    `angle_rad` is the dowel's inclination, `hip_x_m` and `hip_z_m` where the hip is, all (n,).
    """
    x = hip_x_m + _ABOVE_HIP_M * np.sin(angle_rad)
    z = hip_z_m + _ABOVE_HIP_M * np.cos(angle_rad)
    forward, up = _second(x, rate_hz), _second(z, rate_hz) + GRAVITY
    c, s, nothing = np.cos(angle_rad), np.sin(angle_rad), np.zeros(len(angle_rad))
    force = np.stack([c * forward - s * up, nothing, s * forward + c * up], axis=1)
    turn = np.stack([nothing, np.gradient(angle_rad) * rate_hz, nothing], axis=1)
    mounting = mounting_of(seed)
    return np.concatenate([force @ mounting.T, turn @ mounting.T], axis=1)


def mounting_of(seed: int) -> Floats:
    """The rotation from the dowel's axes to the sensor's, (3, 3); another one a seed."""
    angles = np.random.default_rng(seed + 11).uniform(-1, 1, 3) * _MOUNTED_RAD
    rotation = np.eye(3)
    for axis, angle in enumerate(angles.tolist()):
        rotation = _about(axis, angle) @ rotation
    return rotation


def _about(axis: int, angle: float) -> Floats:
    c, s = np.cos(angle), np.sin(angle)
    one, other = (axis + 1) % 3, (axis + 2) % 3
    rotation = np.eye(3)
    rotation[one, one] = rotation[other, other] = c
    rotation[one, other], rotation[other, one] = -s, s
    return rotation


def _second(curve: Floats, rate_hz: float) -> Floats:
    derivative: Floats = np.gradient(np.gradient(curve)) * rate_hz**2
    return derivative
