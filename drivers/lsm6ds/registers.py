"""Registers that the LSM6DSOX (ST DS12814) and the LSM6DS3TR-C (ST DS11924) have in common.

What differs between the two is in `tagged.py` and `patterned.py`.
"""

from typing import Final

ADDRESSES: Final = (0x6A, 0x6B)  # by the level of SA0

WHO_AM_I: Final = 0x0F
CTRL1_XL: Final = 0x10  # rate and full scale of the accelerometer
CTRL2_G: Final = 0x11  # and of the gyroscope
CTRL3_C: Final = 0x12
CTRL5_C: Final = 0x14  # self-test
CTRL10_C: Final = 0x19
OUT_TEMP: Final = 0x20  # two bytes, then six of the gyroscope and six of the accelerometer
FIFO_STATUS: Final = 0x3A
TIMESTAMP: Final = 0x40

RATE_104_HZ: Final = 0x40
FULL_SCALE_4_G: Final = 0x08
FULL_SCALE_500_DPS: Final = 0x04
FULL_SCALE_2000_DPS: Final = 0x0C
WHOLE_WORDS: Final = 0x40  # block data update: no word of which one half is older
NEXT_REGISTER: Final = 0x04  # a transfer goes on to the next register
RESET: Final = 0x01
COUNT_TIME: Final = 0x20  # the timestamp counter runs
SELF_TEST_BOTH: Final = 0x05  # positive, of accelerometer and gyroscope

ACCEL: Final = (CTRL1_XL, RATE_104_HZ | FULL_SCALE_4_G)
GYRO: Final = (CTRL2_G, RATE_104_HZ | FULL_SCALE_500_DPS)
TRANSFERS: Final = (CTRL3_C, WHOLE_WORDS | NEXT_REGISTER)
COUNTER: Final = (CTRL10_C, COUNT_TIME)
NO_SELF_TEST: Final = (CTRL5_C, 0)  # it would add to every value

FIFO_CONTINUOUS: Final = 0x06  # the oldest is overwritten
FIFO_MODE_BITS: Final = 0x07

Settings = tuple[tuple[int, int], ...]
"""Registers and their values."""
