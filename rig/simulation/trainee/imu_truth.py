"""The simulated dowel's own inertial sensor, which no analysis knows exactly."""

import math
import random
from typing import Final

from drivers.sim.imu_errors import ImuBehaviour

_ACCEL_BIAS_M_S2: Final = 0.2  # 20 mg: typical zero-g level of the LSM6DSOX (ST DS12814)
_GYRO_BIAS_RAD_S: Final = math.radians(1.0)  # its typical zero-rate level
_TILT_RAD: Final = math.radians(1.0)  # how far it is soldered askew; provisional
_DRIFT_RAD_S: Final = math.radians(0.05)  # in a minute; provisional
_SPEED: Final = 0.03  # how far its oscillator is off; provisional


def drawn_imu(seed: int) -> ImuBehaviour:
    """One sensor of the family; another one a seed."""
    rng = random.Random(seed)

    def three(spread: float) -> tuple[float, ...]:
        return tuple(rng.uniform(-spread, spread) for _ in range(3))

    return ImuBehaviour(
        speed=1 + rng.uniform(-_SPEED, _SPEED),
        accel_bias_m_s2=three(_ACCEL_BIAS_M_S2),
        gyro_bias_rad_s=three(_GYRO_BIAS_RAD_S),
        drift_rad_s=_DRIFT_RAD_S,
        tilt_rad=rng.uniform(-_TILT_RAD, _TILT_RAD),
        celsius=rng.uniform(20.0, 30.0),
    )
