"""Mechanics: total force and centre of pressure of a moving chain of segments (Newton–Euler).

Sagittal plane, x forward from mid-foot, z up, angles forward from the vertical. Shank, thigh and
trunk; the ankle angle is whatever keeps the centre of mass where the person keeps it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.simulation.trainee.anthropometry import Segments

Floats = npt.NDArray[np.float64]

GRAVITY: Final = 9.81
ANKLE_X_M: Final = -0.055  # ahead of the heel plate's centre, behind mid-foot
_NEWTON_STEPS: Final = 6


@dataclass(frozen=True)
class GroundForce:
    """Vertical force in newtons and centre of pressure in metres forward of mid-foot, (n,) each."""

    fz_n: Floats
    cop_m: Floats


class _Chain:
    """Centres of mass of the segments for given angles (radians)."""

    def __init__(self, segments: Segments, knee: Floats, trunk: Floats) -> None:
        self._s, self._knee, self._trunk = segments, knee, trunk
        self.masses = (segments.shank.mass_kg, segments.thigh.mass_kg, segments.trunk.mass_kg)

    def points(self, shank: Floats) -> tuple[list[Floats], list[Floats]]:
        """X and z of the three centres of mass."""
        s, thigh = self._s, shank - self._knee
        knee_x = ANKLE_X_M + s.shank.length_m * np.sin(shank)
        knee_z = s.ankle_height_m + s.shank.length_m * np.cos(shank)
        hip_x = knee_x + s.thigh.length_m * np.sin(thigh)
        hip_z = knee_z + s.thigh.length_m * np.cos(thigh)
        x = [
            ANKLE_X_M + s.shank.com_m * np.sin(shank),
            knee_x + s.thigh.com_m * np.sin(thigh),
            hip_x + s.trunk.com_m * np.sin(self._trunk),
        ]
        z = [
            s.ankle_height_m + s.shank.com_m * np.cos(shank),
            knee_z + s.thigh.com_m * np.cos(thigh),
            hip_z + s.trunk.com_m * np.cos(self._trunk),
        ]
        return x, z

    def com_x(self, shank: Floats) -> Floats:
        """Forward place of the centre of mass of everything above the feet."""
        x, _ = self.points(shank)
        weighted = [m * p for m, p in zip(self.masses, x, strict=True)]
        total: Floats = sum(weighted[1:], start=weighted[0]) / sum(self.masses)
        return total


def ground_force(
    segments: Segments, knee_rad: Floats, trunk_rad: Floats, com_x_m: Floats, rate_hz: float
) -> GroundForce:
    """What the ground does while the body goes through these angles, its mass kept at `com_x_m`."""
    chain = _Chain(segments, knee_rad, trunk_rad)
    shank = _balance(chain, com_x_m)
    x, z = chain.points(shank)
    angles = (shank, shank - knee_rad, trunk_rad)
    inertias = [s.inertia_kg_m2 for s in (segments.shank, segments.thigh, segments.trunk)]
    feet_n = segments.foot_mass_kg * GRAVITY
    fz = np.full_like(shank, feet_n)
    moment = np.full_like(shank, feet_n * (ANKLE_X_M + 0.05))
    for mass, xi, zi, angle, inertia in zip(chain.masses, x, z, angles, inertias, strict=True):
        lift = mass * (GRAVITY + _second(zi, rate_hz))
        fz = fz + lift
        moment = moment + lift * xi - mass * zi * _second(xi, rate_hz)
        moment = moment - inertia * _second(angle, rate_hz)
    return GroundForce(fz, moment / fz)


def hip_path(
    segments: Segments, knee_rad: Floats, trunk_rad: Floats, com_x_m: Floats
) -> tuple[Floats, Floats]:
    """Where the hip is, forward of mid-foot and up (m), (n,) each."""
    shank = _balance(_Chain(segments, knee_rad, trunk_rad), com_x_m)
    thigh = shank - knee_rad
    x = segments.shank.length_m * np.sin(shank) + segments.thigh.length_m * np.sin(thigh)
    z = segments.shank.length_m * np.cos(shank) + segments.thigh.length_m * np.cos(thigh)
    return ANKLE_X_M + x, segments.ankle_height_m + z


def _balance(chain: _Chain, com_x_m: Floats) -> Floats:
    """Shank angles that put the centre of mass at `com_x_m`, by Newton's method."""
    shank = np.zeros_like(com_x_m)
    step = 1e-5
    for _ in range(_NEWTON_STEPS):
        off = chain.com_x(shank) - com_x_m
        slope = (chain.com_x(shank + step) - chain.com_x(shank - step)) / (2 * step)
        shank = shank - off / slope
    return shank


def _second(curve: Floats, rate_hz: float) -> Floats:
    """Second derivative by central differences."""
    padded = np.concatenate([curve[:1], curve, curve[-1:]])
    derivative: Floats = np.diff(padded, 2) * rate_hz**2
    return derivative
