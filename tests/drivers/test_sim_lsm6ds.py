"""The simulated inertial sensors against what their data sheets say."""

from itertools import pairwise

import pytest

from drivers.sim.cable import BAD_CABLE, SimCable
from drivers.sim.clock import VirtualClock
from drivers.sim.imu_errors import ImuBehaviour, ImuErrors
from drivers.sim.lsm6ds import ImuFault, SimLsm6ds
from drivers.sim.smbus import SimSMBus

GRAVITY = 9.80665
ADDRESS = 0x6A
PERFECT = ImuBehaviour(accel_noise_m_s2=0.0, gyro_noise_rad_s=0.0)
ON = [(0x12, 0x44), (0x10, 0x48), (0x11, 0x44), (0x19, 0x20)]
TAGGED = [(0x09, 0x44), (0x0A, 0x46)]
PATTERNED = [(0x5C, 0x10), (0x07, 0x80), (0x08, 0x09), (0x09, 0x08), (0x0A, 0x26)]


class Bench:
    """A chip that is switched on by hand."""

    def __init__(self, model, behaviour=PERFECT, values=(0.0, 0.0, GRAVITY, 0.0, 0.0, 0.0)):
        self.clock = VirtualClock()
        self.chip = SimLsm6ds(lambda t_ns: values, self.clock.now_ns(), model, behaviour)
        self.bus = SimSMBus({ADDRESS: self.chip}, self.clock.now_ns, self.clock.advance)
        for register, value in ON + (TAGGED if model == "LSM6DSOX" else PATTERNED):
            self.bus.write_byte_data(ADDRESS, register, value)

    def read(self, register, length):
        return self.bus.read_i2c_block_data(ADDRESS, register, length)

    def wait_ms(self, ms):
        self.clock.advance(round(ms * 1e6))


def word(data, at):
    return int.from_bytes(bytes(data[at : at + 2]), "little", signed=True)


@pytest.mark.parametrize(("model", "identity"), [("LSM6DSOX", 0x6C), ("LSM6DS3TR-C", 0x6A)])
def test_it_says_who_it_is(model, identity):
    assert Bench(model).read(0x0F, 1) == [identity]


def test_a_tagged_set_is_three_words_with_even_parity_and_one_moment():
    bench = Bench("LSM6DSOX")
    bench.wait_ms(30)
    low, high = bench.read(0x3A, 2)
    assert (low, high) == (9, 0)
    data = bench.read(0x78, 21)
    tags = data[::7]
    assert [tag >> 3 for tag in tags] == [1, 2, 4]
    assert len({tag >> 1 & 3 for tag in tags}) == 1
    assert all(tag.bit_count() % 2 == 0 for tag in tags)
    assert word(data, 7 + 5) == round(1 / 0.122e-3)
    assert bench.read(0x3A, 1) == [6]


def test_a_patterned_set_is_nine_words_and_the_pattern_tells_the_next():
    bench = Bench("LSM6DS3TR-C")
    bench.wait_ms(30)
    assert bench.read(0x3A, 4) == [27, 0, 0, 0]
    data = bench.read(0x3E, 18)
    assert word(data, 10) == round(1 / 0.122e-3)
    bench.read(0x3E, 6)
    assert bench.read(0x3A, 4) == [15, 0, 3, 0]


@pytest.mark.parametrize("model", ["LSM6DSOX", "LSM6DS3TR-C"])
def test_its_times_are_384_ticks_apart(model):
    bench = Bench(model)
    bench.wait_ms(40)
    ticks = []
    for _ in range(3):
        if model == "LSM6DSOX":
            ticks.append(int.from_bytes(bytes(bench.read(0x78, 21)[15:18]), "little"))
        else:
            middle, high, _, low, *_ = bench.read(0x3E, 18)[12:]
            ticks.append(high << 16 | middle << 8 | low)
    assert [b - a for a, b in pairwise(ticks)] == [384, 384]


def test_an_empty_fifo_gives_no_tag():
    assert Bench("LSM6DSOX").read(0x78, 7) == [0] * 7


@pytest.mark.parametrize("model", ["LSM6DSOX", "LSM6DS3TR-C"])
def test_a_full_fifo_says_so_until_it_is_emptied(model):
    bench = Bench(model)
    bench.wait_ms(3000)
    assert bench.read(0x3B, 1)[0] & 0x40
    mode = 0x40 if model == "LSM6DSOX" else 0x20
    bench.bus.write_byte_data(ADDRESS, 0x0A, mode)
    assert bench.read(0x3A, 1) == [0]
    assert not bench.read(0x3B, 1)[0] & 0x40


def test_the_counter_counts_25_us_of_its_own_clock():
    bench = Bench("LSM6DSOX", ImuBehaviour(speed=1.02))
    first = int.from_bytes(bytes(bench.read(0x40, 4)), "little")
    bench.wait_ms(1000)
    second = int.from_bytes(bytes(bench.read(0x40, 4)), "little")
    assert second - first == pytest.approx(40_800, abs=10)


def test_a_reset_ends_everything():
    bench = Bench("LSM6DSOX")
    bench.wait_ms(30)
    bench.bus.write_byte_data(ADDRESS, 0x12, 0x01)
    bench.wait_ms(30)
    assert bench.read(0x3A, 2) == [0, 0]
    assert bench.read(0x10, 1) == [0]


def test_the_self_test_moves_what_is_measured():
    bench = Bench("LSM6DSOX")
    bench.wait_ms(20)
    before = word(bench.read(0x28, 6), 0)
    bench.bus.write_byte_data(ADDRESS, 0x14, 0x05)
    bench.wait_ms(20)
    assert word(bench.read(0x28, 6), 0) - before > 0.05 / 0.122e-3


def test_bias_drift_and_misalignment_are_those_asked_for():
    errors = ImuErrors(
        ImuBehaviour(
            accel_noise_m_s2=0.0, gyro_noise_rad_s=0.0, tilt_rad=0.1, drift_rad_s=0.01,
            accel_bias_m_s2=(0.1, 0.0, 0.0),
        )
    )  # fmt: skip
    minute = [errors.on((0.0, 0.0, 10.0, 0.0, 0.0, 0.0)) for _ in range(60 * 104)]
    assert minute[0][:3] == pytest.approx([0.1, -0.998, 9.950], abs=0.001)
    assert 0.0005 < max(abs(value) for value in minute[-1][3:]) < 0.04


class Echo:
    """A device that gives back what it was given."""

    answers = True

    def __init__(self):
        self.got = []

    def begin(self):
        self.got = []

    def receive(self, byte, t_ns):
        self.got.append(byte)

    def send(self, t_ns):
        return 0b0101_1101

    def general_call(self, byte):
        """Takes none."""

    def suffer(self, fault):
        self.fault = fault


def test_a_bad_cable_loses_ones_that_follow_zeros():
    cable = SimCable(Echo())
    cable.garbled = 1.0
    assert cable.send(0) == 0b0000_1100
    assert cable.garbled_bytes == 1


def test_a_bad_cable_is_mended_with_the_device_behind_it():
    cable = SimCable(echo := Echo())
    cable.suffer(BAD_CABLE)
    assert cable.garbled > 0
    assert echo.fault is None
    cable.suffer(ImuFault.FROZEN.value)
    assert cable.garbled == 0
    assert echo.fault == "frozen"


def test_what_is_not_acknowledged_is_the_kernels_error():
    cable = SimCable(Echo())
    cable.unheard = 2.0
    assert not cable.answers
    with pytest.raises(OSError, match="121"):
        cable.receive(1, 0)
