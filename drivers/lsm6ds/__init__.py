"""LSM6DS family: an accelerometer and gyroscope on I2C, on the dowel."""

from drivers.lsm6ds.sensor import Lsm6ds
from drivers.lsm6ds.states import ImuState

__all__ = ["ImuState", "Lsm6ds"]
