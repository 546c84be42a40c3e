"""A body whose balance is not told but kept: forward dynamics with an ankle that reacts.

Knees and trunk move as they are told. The shanks lean as gravity, momentum and the ankles' torque
make them. The torque is what foresight says it ought to be, a little wrong, and feedback: where the
centre of mass is felt to be, with noise, a tenth of a second ago. So the body sways without being
told, and its centre of pressure corrects after the fact.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.simulation.trainee.anthropometry import Segments
from rig.simulation.trainee.body import ANKLE_X_M, GRAVITY, GroundForce

Floats = npt.NDArray[np.float64]

_FORESIGHT: Final = (0.80, 1.05)  # of the torque that would be needed; provisional
_STIFF: Final = (1.25, 1.6)  # per metre, of body weight; above 1 or one falls (Winter 1998)
_DAMPED_S: Final = (0.30, 0.40)
_DELAY_S: Final = (0.06, 0.10)  # ankle muscles (Peterka 2002 found 0.1 to 0.2 for the whole loop)
_FELT_M: Final = (0.0006, 0.0020)  # spread of what is felt; the sway that comes of it is published
_FELT_S: Final = 0.6  # how long such an error lasts
_PEOPLE: Final = (_FORESIGHT, _STIFF, _DAMPED_S, _DELAY_S, _FELT_M)
_FOOT_M: Final = (-0.055, 0.175)  # behind and before the ankle, no torque beyond


@dataclass(frozen=True)
class _Ankle:
    """How one person's ankles keep the body up."""

    foresight: float
    stiff: float
    damped_s: float
    delay_s: float
    felt_m: float


@dataclass(frozen=True)
class Intention:
    """What somebody means to do, (n,) each: angles (rad), the mass' place, what that would need."""

    knee_rad: Floats
    trunk_rad: Floats
    com_m: Floats  # forward of mid-foot
    ground: GroundForce


def react(
    segments: Segments, intended: Intention, rate_hz: float, rng: np.random.Generator
) -> GroundForce:
    """Force and centre of pressure, (n,) each, of a body that starts at rest where it means to."""
    ankle = _Ankle(*(rng.uniform(*span) for span in _PEOPLE))
    felt_m = ankle.felt_m * _lasting_noise(len(intended.com_m), _FELT_S * rate_hz, rng)
    chain = _Chain(segments)
    lean, torque_nm = _swing(chain, ankle, intended, felt_m, rate_hz)
    height_m = chain.heights(lean, intended.knee_rad, intended.trunk_rad)
    fz_n = np.full_like(lean, segments.foot_mass_kg * GRAVITY)
    for mass, z in zip(chain.masses, height_m, strict=True):
        fz_n += mass * (GRAVITY + _second(z, rate_hz))
    return GroundForce(fz_n, ANKLE_X_M + torque_nm / fz_n)


class _Chain:
    """Shank, thigh and trunk above the ankle, one angle of which is free."""

    def __init__(self, segments: Segments) -> None:
        parts = (segments.shank, segments.thigh, segments.trunk)
        self.masses = [part.mass_kg for part in parts]
        self._inertias = [part.inertia_kg_m2 for part in parts]
        shank, thigh, trunk = parts
        self._reach = (
            (shank.com_m, 0.0, 0.0),
            (shank.length_m, thigh.com_m, 0.0),
            (shank.length_m, thigh.length_m, trunk.com_m),
        )

    def moments(
        self, lean: float, knee: float, trunk: float, knee_rate: float, trunk_rate: float
    ) -> tuple[float, float, float, float]:
        """About the ankle: inertia of leaning, momentum of the rest, mass moment, its motion.

        kg m², N m s, kg m; the last is the rate of the mass moment for a lean that rests, kg m/s.
        """
        angles = (lean, lean - knee, trunk)
        sines, cosines = [math.sin(a) for a in angles], [math.cos(a) for a in angles]
        leans, moves = (1.0, 1.0, 0.0), (0.0, -knee_rate, trunk_rate)
        inertia = momentum = moment = drift = 0.0
        for mass, spin, reach, with_lean, own in zip(
            self.masses, self._inertias, self._reach, leans, moves, strict=True
        ):
            x = sum(r * s for r, s in zip(reach, sines, strict=True))
            z = sum(r * c for r, c in zip(reach, cosines, strict=True))
            lean_x, lean_z = _speed(reach, sines, cosines, leans)
            own_x, own_z = _speed(reach, sines, cosines, moves)
            inertia += mass * (z * lean_x - x * lean_z) + spin * with_lean
            momentum += mass * (z * own_x - x * own_z) + spin * own
            moment += mass * x
            drift += mass * own_x
        return inertia, momentum, moment, drift

    def heights(self, lean: Floats, knee: Floats, trunk: Floats) -> list[Floats]:
        """Of the segments' centres of mass above the ankle, (n,) each."""
        cosines = [np.cos(lean), np.cos(lean - knee), np.cos(trunk)]
        return [
            np.asarray(sum(r * c for r, c in zip(reach, cosines, strict=True)))
            for reach in self._reach
        ]

    def per_lean(self, lean: float, knee: float) -> float:
        """How the mass moment changes with the lean, kg m."""
        shank, thigh = math.cos(lean), math.cos(lean - knee)
        moment = 0.0
        for mass, reach in zip(self.masses, self._reach, strict=True):
            moment += float(mass * (reach[0] * shank + reach[1] * thigh))
        return moment

    def lean_for(self, com_m: float, knee: float, trunk: float) -> float:
        """The lean of the shank with the mass this far before the ankle; by secants."""
        total = sum(self.masses)

        def off(lean: float) -> float:
            return self.moments(lean, knee, trunk, 0.0, 0.0)[2] / total - com_m

        low, high = 0.0, 0.05
        for _ in range(20):
            low_off, high_off = off(low), off(high)
            if abs(high_off - low_off) < 1e-12:
                break
            low, high = high, high - high_off * (high - low) / (high_off - low_off)
        return high


def _speed(
    reach: tuple[float, ...], sines: list[float], cosines: list[float], rates: tuple[float, ...]
) -> tuple[float, float]:
    x = sum(r * c * w for r, c, w in zip(reach, cosines, rates, strict=True))
    z = -sum(r * s * w for r, s, w in zip(reach, sines, rates, strict=True))
    return x, z


def _swing(
    chain: _Chain, ankle: _Ankle, intended: Intention, felt_m: Floats, rate_hz: float
) -> tuple[Floats, Floats]:
    """Lean (rad) and ankle torque (N m) over time, step by step."""
    step_s, mass = 1 / rate_hz, sum(chain.masses)
    knees, trunks = intended.knee_rad.tolist(), intended.trunk_rad.tolist()
    knee_rates = (np.gradient(intended.knee_rad) * rate_hz).tolist()
    trunk_rates = (np.gradient(intended.trunk_rad) * rate_hz).tolist()
    torques = _Torques(ankle, intended, felt_m, mass * GRAVITY, rate_hz)
    angle, momentum = chain.lean_for(torques.load_m[0], knees[0], trunks[0]), 0.0
    lean, torque = np.empty(len(knees)), np.empty(len(knees))
    for at, posture in enumerate(zip(knees, trunks, knee_rates, trunk_rates, strict=True)):
        inertia, own, moment, drift = chain.moments(angle, *posture)
        rate = (momentum - own) / inertia
        speed = drift + rate * chain.per_lean(angle, posture[0])
        torque[at] = torques.next(moment / mass, speed / mass)
        momentum += (GRAVITY * moment - torque[at]) * step_s
        angle += rate * step_s
        lean[at] = angle
    return lean, torque


class _Torques:
    """What the ankles do at each step: foresight, and feedback on what was felt a while ago."""

    def __init__(
        self, ankle: _Ankle, intended: Intention, felt_m: Floats, weight_n: float, rate_hz: float
    ) -> None:
        self.load_m = (intended.com_m - ANKLE_X_M).tolist()
        self._speeds = (np.gradient(intended.com_m) * rate_hz).tolist()
        ground = intended.ground
        planned = ground.fz_n * (ground.cop_m - ANKLE_X_M) - weight_n * (intended.com_m - ANKLE_X_M)
        self._planned = (ankle.foresight * planned).tolist()
        self._felt, self._ankle, self._weight_n = felt_m.tolist(), ankle, weight_n
        self._late = max(1, round(ankle.delay_s * rate_hz))
        self._com: list[float] = []
        self._speed: list[float] = []

    def next(self, com_m: float, speed_m_s: float) -> float:
        """The torque (N m) now that the mass is here, before the ankle, and moves so."""
        at = len(self._com)
        self._com.append(com_m)
        self._speed.append(speed_m_s)
        seen = max(0, at - self._late)
        off_m = self._com[seen] + self._felt[seen] - self.load_m[seen]
        off_m_s = self._speed[seen] - self._speeds[seen]
        lever_m = self.load_m[at] + self._ankle.stiff * off_m + self._ankle.damped_s * off_m_s
        wanted = self._weight_n * lever_m + self._planned[at]
        torque: float = min(max(wanted, _FOOT_M[0] * self._weight_n), _FOOT_M[1] * self._weight_n)
        return torque


def _lasting_noise(n: int, lasts: float, rng: np.random.Generator) -> Floats:
    """Of unit spread, forgotten after `lasts` steps."""
    keep = math.exp(-1 / lasts)
    pushes = rng.normal(size=n) * math.sqrt(1 - keep * keep)
    noise, value = np.empty(n), float(rng.normal())
    for at, push in enumerate(pushes.tolist()):
        value = keep * value + push
        noise[at] = value
    return noise


def _second(curve: Floats, rate_hz: float) -> Floats:
    padded = np.concatenate([curve[:1], curve, curve[-1:]])
    derivative: Floats = np.diff(padded, 2) * rate_hz**2
    return derivative
