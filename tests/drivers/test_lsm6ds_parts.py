"""The inertial sensor's FIFO words of both chips, and when a cable is not believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.lsm6ds.distrust import Distrust
from drivers.lsm6ds.fifo import TornError, words
from drivers.lsm6ds.patterned import LSM6DS3TR_C
from drivers.lsm6ds.tagged import LSM6DSOX
from drivers.lsm6ds.timing import DISTRUST_NS, DOUBTS_WITHIN_NS

AXES = st.tuples(*[st.integers(-(2**15), 2**15 - 1)] * 3)
GYRO, ACCEL, TIME = 0x01, 0x02, 0x04


def little(values):
    return b"".join(value.to_bytes(2, "little", signed=True) for value in values)


def tagged(tag, moment, data):
    """A word of the LSM6DSOX: tag, moment, and a bit that makes their number even."""
    head = tag << 3 | moment << 1
    return bytes([head | head.bit_count() % 2]) + data


def tagged_set(ticks, gyro, accel, moment=1):
    time = tagged(TIME, moment, ticks.to_bytes(4, "little") + bytes(2))
    return tagged(GYRO, moment, little(gyro)) + tagged(ACCEL, moment, little(accel)) + time


@given(st.integers(0, 2**32 - 1), AXES, AXES)
def test_a_tagged_set_is_read_as_it_was_written(ticks, gyro, accel):
    assert LSM6DSOX.decode(tagged_set(ticks, gyro, accel)) == (ticks, gyro, accel)


@given(st.integers(0, 2**24 - 1), AXES, AXES)
def test_a_patterned_set_is_read_as_it_was_written(ticks, gyro, accel):
    low, middle, high = ticks.to_bytes(3, "little")
    time = bytes([middle, high, 0, low, 0, 0])
    assert LSM6DS3TR_C.decode(little(gyro) + little(accel) + time) == (ticks, gyro, accel)


def test_words_are_signed():
    assert words([0xFF, 0xFF, 0x00, 0x80, 0x01, 0x00]) == (-1, -32768, 1)


def test_one_flipped_bit_of_a_tag_is_seen():
    whole = tagged_set(5, (1, 2, 3), (4, 5, 6))
    for bit in range(8):
        torn = bytes([whole[0] ^ 1 << bit]) + whole[1:]
        with pytest.raises(TornError):
            LSM6DSOX.decode(torn)


def test_words_of_two_moments_are_no_set():
    first, second = (tagged_set(5, (1, 2, 3), (4, 5, 6), moment) for moment in (0, 1))
    with pytest.raises(TornError, match="tag"):
        LSM6DSOX.decode(first[:7] + second[7:])


@pytest.mark.parametrize(
    ("model", "status", "sets"),
    [
        (LSM6DSOX, (12, 0), 4),
        (LSM6DSOX, (13, 1), 89),
        (LSM6DS3TR_C, (27, 0, 0, 0), 3),
        (LSM6DS3TR_C, (5, 0, 4, 0), 0),
    ],
)
def test_only_whole_sets_wait(model, status, sets):
    assert model.sets_waiting(status) == sets


@pytest.mark.parametrize(
    ("model", "status", "why"),
    [
        (LSM6DSOX, (12, 0x40), "overrun"),
        (LSM6DSOX, (12, 0x08), "overrun"),
        (LSM6DS3TR_C, (27, 0x40, 0, 0), "overrun"),
        (LSM6DS3TR_C, (27, 0, 4, 0), "pattern"),
    ],
)
def test_what_was_overrun_or_does_not_begin_with_a_set_is_torn(model, status, why):
    with pytest.raises(TornError, match=why):
        model.sets_waiting(status)


def test_two_doubts_in_a_short_time_are_the_cables():
    distrust = Distrust()
    distrust.doubt(0)
    assert not distrust.holds(1)
    distrust.doubt(DOUBTS_WITHIN_NS - 1)
    assert distrust.holds(DOUBTS_WITHIN_NS)
    assert not distrust.holds(DOUBTS_WITHIN_NS + DISTRUST_NS)


def test_doubts_far_apart_are_chance():
    distrust = Distrust()
    distrust.doubt(0)
    distrust.doubt(DOUBTS_WITHIN_NS)
    assert not distrust.holds(DOUBTS_WITHIN_NS)
