"""Height and vertical velocity of the centre of mass, from total force, with their uncertainty.

Total force over weight, less gravity, is the acceleration; integrating it drifts with whatever the
weight is wrong by. A Kalman filter (Kalman 1960) keeps height, velocity and that error together:
while someone stands upright the height is known to be about 0, which tells the other two; during a
bend it only integrates, and knows how uncertain it gets; at a rest velocity is known to be about 0.
"""

from typing import Final, NamedTuple

from rig.analysis.movement.grid import STEP_S

GRAVITY: Final = 9.80665

_HALF: Final = STEP_S * STEP_S / 2
_HALF_2: Final = 2 * _HALF
_HALF_3: Final = 3 * _HALF
_HALF_STEP: Final = _HALF * STEP_S
_HALF_SQUARED: Final = _HALF * _HALF
_VELOCITY_WALK: Final = (0.6e-3) ** 2 * STEP_S  # (m/s)²: noise of the cells; provisional
_ERROR_WALK: Final = (1.0e-3) ** 2 * STEP_S  # (m/s²)²: creep and zero drift; provisional
_UPRIGHT: Final = 0.008**2 * 0.3 / STEP_S  # m²: people stand within 8 mm, anew each 0.3 s; prov.
_REST: Final = 0.012**2  # (m/s)²: how still people are at rest; provisional
_BACK: Final = 0.006**2  # m²: how exactly people come back up; provisional


class State(NamedTuple):
    """Height (m, + up), velocity (m/s), acceleration error (m/s²), and their covariances."""

    z: float
    v: float
    b: float
    zz: float
    zv: float
    zb: float
    vv: float
    vb: float
    bb: float


class Height:
    """The filter for a person of `weight_n`; `error` is what acceleration is off by, and its sd."""

    def __init__(self, weight_n: float, error: tuple[float, float]) -> None:
        self.weight_n = weight_n
        b, sd = error
        self.state = State(0.0, 0.0, b, 0.005**2, 0.0, 0.0, 0.02**2, 0.0, sd**2)

    def predict(self, fz_n: float) -> None:
        """One step of 20 ms with this mean force."""
        z, v, b, zz, zv, zb, vv, vb, bb = self.state
        a = (fz_n / self.weight_n - 1.0) * GRAVITY - b
        self.state = State(
            z + v * STEP_S + a * _HALF,
            v + a * STEP_S,
            b,
            zz + STEP_S * (2 * zv + STEP_S * (vv - zb) - _HALF_2 * vb) + _HALF_SQUARED * bb,
            zv + STEP_S * (vv - zb) - _HALF_3 * vb + _HALF_STEP * bb,
            zb + STEP_S * vb - _HALF * bb,
            vv + STEP_S * (STEP_S * bb - 2 * vb) + _VELOCITY_WALK,
            vb - STEP_S * bb,
            bb + _ERROR_WALK,
        )

    def stand(self) -> None:
        """The person stands upright: height is about 0."""
        self.state = _correct_height(self.state, _UPRIGHT)

    def arrive(self, quick_sd_m_s: float) -> None:
        """The person has come to rest upright: velocity and height are about 0.

        `quick_sd_m_s` is how wrong velocity can be besides what was integrated.
        """
        unsure = self.state._replace(vv=self.state.vv + quick_sd_m_s**2)
        self.state = _correct_height(_correct_velocity(unsure, _REST), _BACK)._replace(z=0.0)

    @property
    def velocity_sd_m_s(self) -> float:
        """How uncertain a velocity of 0 would be, from the past and from people's rests."""
        return float((self.state.vv + _REST) ** 0.5)

    @property
    def height_sd_m(self) -> float:
        """How uncertain the height is."""
        return float(self.state.zz**0.5)


def _correct_height(s: State, variance: float) -> State:
    """After seeing a height of 0 with this variance."""
    return _correct(s, s.z, (s.zz, s.zv, s.zb), s.zz + variance)


def _correct_velocity(s: State, variance: float) -> State:
    """After seeing a velocity of 0 with this variance."""
    return _correct(s, s.v, (s.zv, s.vv, s.vb), s.vv + variance)


def _correct(
    s: State, off: float, covariances: tuple[float, float, float], variance: float
) -> State:
    """After seeing a 0 that the state was `off` by.

    `covariances`: of what was seen with height, velocity and error; `variance`: its own, the
    look's included.
    """
    z, v, b, zz, zv, zb, vv, vb, bb = s
    to_z, to_v, to_b = covariances
    kz, kv, kb = to_z / variance, to_v / variance, to_b / variance
    return State(
        z - kz * off,
        v - kv * off,
        b - kb * off,
        zz - kz * to_z,
        zv - kz * to_v,
        zb - kz * to_b,
        vv - kv * to_v,
        vb - kv * to_b,
        bb - kb * to_b,
    )
