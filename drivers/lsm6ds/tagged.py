"""The LSM6DSOX: each word of its FIFO has a tag (ST DS12814, AN5272)."""

from collections.abc import Sequence
from typing import Final

from drivers.lsm6ds.fifo import Model, RawSet, TornError, words
from drivers.lsm6ds.registers import ACCEL, COUNTER, FIFO_CONTINUOUS, GYRO, NO_SELF_TEST, TRANSFERS

_WORD_BYTES: Final = 7  # the tag, and three words of two bytes
_WORDS_A_SET: Final = 3
_OVERRUN: Final = 0x40
_OVERRUN_SINCE: Final = 0x08  # kept until the status is read
_GYRO, _ACCEL, _TIME = 0x01, 0x02, 0x04
_BATCH_RATES: Final = (0x09, 0x44)  # both sensors into the FIFO at 104 Hz
_TIME_WITH_EACH: Final = 0x40


def _sets_waiting(status: Sequence[int]) -> int:
    low, high = status
    if high & (_OVERRUN | _OVERRUN_SINCE):
        raise TornError("overrun")
    return ((high & 0x03) << 8 | low) // _WORDS_A_SET


def _decode(data: Sequence[int]) -> RawSet:
    """A set is three words of one moment; in which order they come is not relied on."""
    by_tag = {}
    moments = set()
    for at in range(0, len(data), _WORD_BYTES):
        tag = data[at]
        if tag.bit_count() % 2:
            raise TornError("tag parity")
        by_tag[tag >> 3] = data[at + 1 : at + _WORD_BYTES]
        moments.add(tag >> 1 & 0x03)
    if len(moments) > 1 or by_tag.keys() != {_GYRO, _ACCEL, _TIME}:
        raise TornError("tag")
    ticks = int.from_bytes(bytes(by_tag[_TIME][:4]), "little")
    return RawSet(ticks, words(by_tag[_GYRO]), words(by_tag[_ACCEL]))


LSM6DSOX: Final = Model(
    name="LSM6DSOX",
    who_am_i=0x6C,
    settings=(TRANSFERS, NO_SELF_TEST, ACCEL, GYRO, COUNTER, _BATCH_RATES),
    fifo_mode=(0x0A, _TIME_WITH_EACH | FIFO_CONTINUOUS),
    status_bytes=2,
    sets_waiting=_sets_waiting,
    data_register=0x78,
    set_bytes=_WORD_BYTES * _WORDS_A_SET,
    decode=_decode,
    timestamp_bytes=4,
    self_test_g=(0.050, 1.700),
)
