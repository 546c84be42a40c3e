"""The simulated inertial sensor at the end of its cable, on a dowel that somebody moves."""

import math
import random
from typing import Final

from drivers.sim.cable import SimCable
from drivers.sim.imu_errors import ImuBehaviour
from drivers.sim.lsm6ds import SimLsm6ds
from drivers.sim.smbus import SimDevice
from rig.config import Config
from rig.simulation.trainee.performance import Performance

_ACCEL_BIAS_M_S2: Final = 0.2  # 20 mg: typical zero-g level of the LSM6DSOX (ST DS12814)
_GYRO_BIAS_RAD_S: Final = math.radians(1.0)  # its typical zero-rate level
_TILT_RAD: Final = math.radians(1.0)  # how far it is soldered askew; provisional
_DRIFT_RAD_S: Final = math.radians(0.05)  # in a minute; provisional
_SPEED: Final = 0.03  # how far its oscillator is off; provisional


def connect_imu(
    config: Config,
    performance: Performance,
    start_ns: int,
    now_ns: int,
    devices: dict[int, SimDevice],
) -> SimCable | None:
    """The sensor, switched on now and put on the bus's `devices`, if the rig has one."""
    if not config.imu.present:
        return None
    seed = config.sim.seed

    def source(t_ns: int) -> list[float]:
        return performance.imu_at((t_ns - start_ns) * 1e-9)

    chip = SimLsm6ds(source, now_ns, behaviour=_drawn(random.Random(seed)), seed=seed)
    cable = SimCable(chip, seed=seed)
    devices[config.imu.i2c_address] = cable
    return cable


def _drawn(rng: random.Random) -> ImuBehaviour:
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
