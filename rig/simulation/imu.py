"""The simulated inertial sensor at the end of its cable, on a dowel that somebody moves."""

from drivers.sim.cable import SimCable
from drivers.sim.lsm6ds import SimLsm6ds
from drivers.sim.smbus import SimDevice
from rig.config import Config
from rig.simulation.trainee.imu_truth import drawn_imu
from rig.simulation.trainee.performance import Performance


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

    chip = SimLsm6ds(source, now_ns, behaviour=drawn_imu(seed), seed=seed)
    cable = SimCable(chip, seed=seed)
    devices[config.imu.i2c_address] = cable
    return cable
