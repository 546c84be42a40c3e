"""Frames of a channel with several values: the mean since the frame before."""

import pytest

from drivers.conversion import GOOD, Conversion, Flag
from rig.frames import TICK_NS
from rig.names import CHANNELS
from rig.sampler.assemble import Assembler

IMU = CHANNELS.index("imu")
ABSENT = tuple(range(IMU))


def sample(t_ns, value, flags=GOOD, read_ns=None):
    read_ns = t_ns if read_ns is None else read_ns
    return Conversion(0, t_ns, t_ns, read_ns, flags, (value, 0.0, 1.0, 2.0, 3.0, -value))


@pytest.fixture
def assembler():
    return Assembler(0, ABSENT)


def test_one_sample_is_its_own_mean(assembler):
    assembler.put(IMU, sample(4_000_000, 1.5))
    (frame,) = assembler.frames(TICK_NS, 0)
    assert frame["imu_values"].tolist() == [1.5, 0.0, 1.0, 2.0, 3.0, -1.5]
    assert frame["imu_t_ns"][0] == 4_000_000
    assert frame["flags"][IMU] == 0


def test_two_are_averaged_with_their_times(assembler):
    assembler.put(IMU, sample(1_000_000, 1.0))
    assembler.put(IMU, sample(9_000_000, 2.0))
    (frame,) = assembler.frames(TICK_NS, 0)
    assert frame["imu_values"][0] == 1.5
    assert frame["imu_t_ns"][0] == 5_000_000


def test_what_was_read_after_the_tick_waits_for_the_next(assembler):
    assembler.put(IMU, sample(9_000_000, 1.0, read_ns=TICK_NS + 1))
    assembler.put(IMU, sample(12_000_000, 3.0))
    first, second = assembler.frames(2 * TICK_NS, 0)
    assert first["flags"][IMU] == Flag.NONE
    assert second["imu_values"][0] == 2.0


def test_what_is_wrong_with_one_is_said_of_the_frame(assembler):
    assembler.put(IMU, sample(1_000_000, 1.0))
    assembler.put(IMU, sample(9_000_000, 0.0, Flag.DESYNC))
    (frame,) = assembler.frames(TICK_NS, 0)
    assert frame["flags"][IMU] == Flag.DESYNC
    assert frame["imu_values"][0] == 1.0


def test_channels_without_a_driver_are_absent_in_every_frame(assembler):
    (frame,) = assembler.frames(TICK_NS, 0)
    assert frame["flags"].tolist() == [Flag.ABSENT] * IMU + [Flag.NONE]
