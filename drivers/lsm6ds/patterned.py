"""The LSM6DS3TR-C: words in its FIFO are told by their place in a pattern (ST DS11924, AN5130)."""

from collections.abc import Sequence
from typing import Final

from drivers.lsm6ds.fifo import Model, RawSet, TornError, words
from drivers.lsm6ds.registers import ACCEL, COUNTER, FIFO_CONTINUOUS, GYRO, NO_SELF_TEST, TRANSFERS

_WORDS_A_SET: Final = 9  # three of the gyroscope, of the accelerometer, and with the time
_OVERRUN: Final = 0x40
_TIME_IN_FIFO: Final = (0x07, 0x80)
_EVERY_SAMPLE: Final = (0x08, 0x09)  # of gyroscope and accelerometer
_EVERY_TIME: Final = (0x09, 0x08)
_FIFO_104_HZ: Final = 0x20
_TICKS_OF_25_US: Final = (0x5C, 0x10)  # instead of 6.4 ms


def _sets_waiting(status: Sequence[int]) -> int:
    low, high, pattern_low, pattern_high = status
    if high & _OVERRUN:
        raise TornError("overrun")
    sets = ((high & 0x07) << 8 | low) // _WORDS_A_SET
    if sets and (pattern_high & 0x03) << 8 | pattern_low:
        raise TornError("pattern")
    return sets


def _decode(data: Sequence[int]) -> RawSet:
    time = data[12:]  # bits 15 to 8, 23 to 16, nothing, 7 to 0, and a count of steps
    return RawSet(time[1] << 16 | time[0] << 8 | time[3], words(data[:6]), words(data[6:12]))


LSM6DS3TR_C: Final = Model(
    name="LSM6DS3TR-C",
    who_am_i=0x6A,
    settings=(
        TRANSFERS, NO_SELF_TEST, _TICKS_OF_25_US, ACCEL, GYRO, COUNTER,
        _TIME_IN_FIFO, _EVERY_SAMPLE, _EVERY_TIME,
    ),
    fifo_mode=(0x0A, _FIFO_104_HZ | FIFO_CONTINUOUS),
    status_bytes=4,
    sets_waiting=_sets_waiting,
    data_register=0x3E,
    set_bytes=2 * _WORDS_A_SET,
    decode=_decode,
    timestamp_bytes=3,
    self_test_g=(0.090, 1.700),
)  # fmt: skip
