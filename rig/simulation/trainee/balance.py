"""How a body keeps its balance while it moves: three models of different construction.

*prescribed*: the centre of mass goes where it is told, so that the centre of pressure follows every
moment that the movement needs. *compensating*: the centre of pressure is told instead, with most of
the movement's transient cancelled, as people do (in forward bends they keep the centre of mass
nearly still: Alexandrov, Frolov and Massion 2001); the legs move as that demands. *reacting*: only
knees and trunk are told; an ankle torque, part foresight and part delayed feedback, keeps the body
up, and force and centre of pressure are what comes of it (`reacting.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from rig.simulation.trainee.anthropometry import Segments
from rig.simulation.trainee.body import GRAVITY, GroundForce, ground_force
from rig.simulation.trainee.reacting import Intention, react

Floats = npt.NDArray[np.float64]
BodyModel = Literal["prescribed", "compensating", "reacting"]
BODY_MODELS: Final[tuple[BodyModel, ...]] = get_args(BodyModel)

_CANCELLED: Final = (0.80, 0.95)  # of the transient; provisional, as no hinge has been measured
_ROUNDS: Final = 5


@dataclass(frozen=True)
class Movement:
    """What a person does: angles (radians), and where the load is to be (m forward of mid-foot)."""

    segments: Segments
    knee_rad: Floats
    trunk_rad: Floats
    load_m: Floats
    rate_hz: float


def ground_of(model: BodyModel, movement: Movement, rng: np.random.Generator) -> GroundForce:
    """What the ground does under a movement of a body of this construction."""
    return _MODELS[model](movement, rng)


def _prescribed(movement: Movement, _rng: np.random.Generator) -> GroundForce:
    return _with_mass_at(movement, movement.load_m)


def _compensating(movement: Movement, rng: np.random.Generator) -> GroundForce:
    return _with_mass_at(movement, _compensated(movement, rng))


def _reacting(movement: Movement, rng: np.random.Generator) -> GroundForce:
    """What the compensating body does is the intention; what becomes of it is another matter."""
    com_m = _compensated(movement, rng)
    intended = Intention(
        movement.knee_rad, movement.trunk_rad, com_m, _with_mass_at(movement, com_m)
    )
    return react(movement.segments, intended, movement.rate_hz, rng)


def _compensated(movement: Movement, rng: np.random.Generator) -> Floats:
    """The motion of the mass for which the centre of pressure is what it is to be."""
    com_m = movement.load_m
    transient = _with_mass_at(movement, com_m).cop_m - com_m
    wanted_m = movement.load_m + (1 - rng.uniform(*_CANCELLED)) * transient
    for _ in range(_ROUNDS):
        off_m = wanted_m - _with_mass_at(movement, com_m).cop_m
        com_m = com_m + _pendulum(off_m, movement)
    return com_m


def _with_mass_at(movement: Movement, com_m: Floats) -> GroundForce:
    return ground_force(
        movement.segments, movement.knee_rad, movement.trunk_rad, com_m, movement.rate_hz
    )


def _pendulum(cop_m: Floats, movement: Movement) -> Floats:
    """The bounded motion of an inverted pendulum's mass over a moving centre of pressure.

    `com - (h/g) com'' = cop`, solved over the whole run, which begins as it ends.
    """
    s = movement.segments
    height_m = s.ankle_height_m + s.shank.length_m + 0.8 * s.thigh.length_m
    hz = np.fft.rfftfreq(len(cop_m), 1 / movement.rate_hz)
    passed = 1 / (1 + height_m / GRAVITY * (2 * np.pi * hz) ** 2)
    motion: Floats = np.fft.irfft(np.fft.rfft(cop_m) * passed, len(cop_m))
    return motion


_MODELS: Final[Mapping[BodyModel, Callable[[Movement, np.random.Generator], GroundForce]]] = {
    "prescribed": _prescribed,
    "compensating": _compensating,
    "reacting": _reacting,
}
