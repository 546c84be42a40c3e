"""The columns of the raw CSV, in the order in which exports have them."""

from typing import Final

from rig.names import CELLS, FORCE_CHANNELS, IMU_AXES, PADS

TIME: Final = "t_s"
FLAGS: Final = "flags"
AGES: Final = tuple(f"{channel}_age_us" for channel in FORCE_CHANNELS)
CELLS_N: Final = tuple(f"{cell}_n" for cell in CELLS)
PADS_N: Final = tuple(f"{pad}_n" for pad in PADS)

IMU_AGE: Final = "imu_age_us"

RAW_COLUMNS: Final = (TIME, *FORCE_CHANNELS, FLAGS, *AGES)
IMU_COLUMNS: Final = (*IMU_AXES, IMU_AGE)
"""What follows them where there is an inertial sensor."""
