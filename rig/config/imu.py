"""Settings of the dowel's inertial sensor."""

from dataclasses import dataclass

from rig.config.setting import setting


@dataclass(frozen=True)
class ImuSection:
    """The inertial sensor on the dowel: an LSM6DSOX or LSM6DS3TR-C."""

    present: bool = setting(False, "whether the rig has one")
    i2c_bus: int = setting(1, "number of the I2C bus", low=0, high=255)
    i2c_address: int = setting(0x6A, "its address", low=0x6A, high=0x6B)
