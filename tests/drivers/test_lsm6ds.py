"""The inertial sensor's driver: whatever breaks, no wrong sample is delivered as good."""

import math
from dataclasses import replace

import pytest

from drivers.conversion import Flag
from drivers.lsm6ds import ImuState, Lsm6ds
from drivers.lsm6ds.clock_map import ClockMap
from drivers.sim.cable import BAD_CABLE
from drivers.sim.imu_errors import ImuBehaviour
from drivers.sim.lsm6ds import ImuFault
from drivers.sim.smbus import BusFault
from tests.support.imu_wire import MODELS, PERFECT, make_imu_wire

START_S = 1.0
GRAVITY = 9.80665


@pytest.fixture(params=MODELS)
def model(request):
    return request.param


def started(model, behaviour=PERFECT, **wire):
    made = make_imu_wire(model, behaviour, **wire)
    made.run(START_S)
    assert made.sensor.state is ImuState.RUNNING
    return made


def still(model, values, **behaviour):
    """A sensor that lies still; what it gives after it was started."""
    wire = make_imu_wire(model, replace(PERFECT, **behaviour))
    wire.chip._source = lambda t_ns: values
    wire.run(START_S)
    return wire, wire.given[-1]


# ---------------------------------------------------------------------------- well


@pytest.mark.parametrize("speed", [0.9, 1.0, 1.05])
@pytest.mark.parametrize("preemptions_hz", [0, 1000])
def test_every_sample_comes_once_with_the_time_at_which_it_was_taken(model, speed, preemptions_hz):
    wire = make_imu_wire(model, replace(PERFECT, speed=speed), preemptions_hz=preemptions_hz)
    wire.run(10.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.995
    errors = [abs(one.t_ns - wire.samples.time_of(one)) for one in wire.given]
    assert max(errors) < 600_000
    assert wire.sensor.counters.clock_ppm == pytest.approx((speed - 1) * 1e6, abs=60)


def test_values_are_si(model):
    wire, last = still(model, (0.0, 3.0, GRAVITY, -1.5, 0.25, 2.0))
    assert last.good
    assert last.values == pytest.approx((0.0, 3.0, GRAVITY, -1.5, 0.25, 2.0), abs=0.001)
    assert wire.sensor.counters.chip == model


def test_samples_are_in_a_frames_time_after_they_were_taken(model):
    wire = started(model)
    ages_ns = [one.read_ns - one.t_ns for one in wire.run(5.0)]
    assert max(ages_ns) < 5_000_000


@pytest.mark.parametrize(
    "values",
    [
        (4.0 * GRAVITY, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, -4.1 * GRAVITY, 0.0, 0.0, 0.0),
        (0.0, 0.0, GRAVITY, 0.0, math.radians(501), 0.0),
        (0.0, 0.0, GRAVITY, 0.0, 0.0, math.radians(-700)),
    ],
)
def test_beyond_a_full_scale_is_saturated(model, values):
    wire, last = still(model, values)
    assert last.flags is Flag.SATURATED
    assert wire.sensor.counters.delivered == 0


def test_within_the_full_scales_is_not(model):
    values = (3.9 * GRAVITY, 0.0, 0.0, math.radians(499), 0.0, 0.0)
    assert still(model, values)[1].good


def test_the_chips_temperature_is_told(model):
    wire, _ = still(model, (0.0,) * 6, celsius=31.5)
    assert wire.sensor.counters.temperature_c == 31.5


def test_the_counter_may_begin_again():
    """That of the LSM6DS3TR-C does every seven minutes."""
    clock = ClockMap(1 << 24)
    for look in range(0, 40_000_000_000, 250_000_000):
        clock.saw((look // 25_000 + (1 << 24) - 500_000) % (1 << 24), look, look)
    assert (
        clock.time_ns((1 << 24) - 500_000 + 39_000_000_000 // 25_000 & 0xFFFFFF) == 39_000_000_000
    )


def test_a_garbled_look_at_the_counter_moves_nothing():
    clock = ClockMap(1 << 32)
    for look in range(40):
        at_ns = look * 250_000_000
        assert clock.saw(at_ns // 25_000, at_ns, at_ns)
    assert not clock.saw(at_ns // 25_000 ^ 0x4000, at_ns, at_ns)
    assert clock.time_ns(400_000) == 10_000_000_000


def test_a_line_that_is_wrong_is_given_up():
    clock = ClockMap(1 << 32)
    for look in range(80):
        at_ns = look * 250_000_000
        clock.saw((at_ns + (500_000_000 if look >= 40 else 0)) // 25_000, at_ns, at_ns)
    assert clock.time_ns(at_ns // 25_000 + 20_000) == pytest.approx(at_ns, abs=1000)


def test_a_drifting_oscillator_is_followed(model):
    wire = started(model)
    for speed in (1.002, 1.004, 1.006):
        chip = wire.chip
        ticks, now_ns = chip._ticks(wire.clock.now_ns()), wire.clock.now_ns()
        chip._behaviour = replace(PERFECT, speed=speed)
        chip._counter_ns = now_ns - ticks * 25_000 / speed
        wire.run(10.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.99
    assert wire.sensor.counters.clock_ppm == pytest.approx(6000, abs=60)


def test_a_poll_is_short(model):
    wire = started(model)
    wire.longest_poll_ns = 0
    wire.run(5.0)
    assert wire.longest_poll_ns <= 700_000


# ---------------------------------------------------------------------------- broken


def test_a_stall_within_the_fifo_loses_nothing(model):
    wire = started(model)
    wire.clock.advance(1_200_000_000)
    wire.run(2.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.99


def test_an_overrun_is_a_flag_and_then_it_goes_on(model):
    wire = started(model)
    wire.clock.advance(4_000_000_000)
    after = wire.run(1.0)
    assert after[0].flags is Flag.DESYNC
    assert sum(one.good for one in after) > 95
    assert wire.wrong() == []
    assert wire.sensor.counters.doubtful == {"overrun": 1}


@pytest.mark.parametrize("fault", list(ImuFault))
def test_a_fault_comes_and_goes_and_nothing_wrong_is_delivered(model, fault):
    wire = started(model)
    wire.chip.fault = fault
    wire.run(3.0)
    wire.chip.fault = None
    wire.run(0.6)
    assert sum(one.good for one in wire.run(1.0)) > 100
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.wrong() == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (ImuFault.UNPLUGGED, ImuState.NO_ANSWER),
        (ImuFault.FROZEN, ImuState.SILENT),
        (ImuFault.SATURATED, ImuState.RUNNING),
    ],
)
def test_its_state_says_what_is_wrong(model, fault, state):
    wire = started(model)
    wire.chip.fault = fault
    wire.run(2.0)
    assert wire.sensor.state is state


def test_its_user_is_told_once_that_it_is_gone(model):
    wire = started(model)
    wire.chip.fault = ImuFault.UNPLUGGED
    flags = [one.flags for one in wire.run(5.0) if not one.good]
    assert flags.count(Flag.TIMEOUT) == 1
    assert len(flags) <= 2  # a set may have been cut off


def test_a_dead_sensor_hardly_uses_the_bus(model):
    wire = started(model)
    wire.chip.fault = ImuFault.UNPLUGGED
    wire.run(0.5)
    before = wire.bus.transfers
    wire.run(10.0)
    assert wire.bus.transfers - before <= 41 * 3


def test_the_other_of_the_family_may_be_plugged_in(model):
    wire = started(model)
    (other,) = set(MODELS) - {model}
    wire.chip.fault = ImuFault.UNPLUGGED
    wire.run(0.5)
    wire.chip.model = other
    wire.chip.reset(wire.clock.now_ns())
    wire.chip.fault = None
    wire.run(2.0)
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.sensor.counters.chip == other
    assert wire.wrong() == []


def test_something_else_at_its_address_is_told():
    wire = make_imu_wire()
    wire.chip._registers[0x0F] = 0x69
    wire.run(1.0)
    assert wire.sensor.state is ImuState.OTHER_CHIP
    assert not any(one.good for one in wire.given)


def test_a_bus_that_is_held_low_is_told(model):
    wire = started(model)
    wire.bus.fault = BusFault.STUCK
    wire.run(1.0)
    assert wire.sensor.state is ImuState.BUS_STUCK
    wire.bus.fault = None
    wire.run(1.5)
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.wrong() == []


@pytest.mark.parametrize("delay_us", range(0, 10_000, 390))
def test_a_reset_at_any_moment_delivers_nothing_wrong(model, delay_us):
    wire = started(model)
    wire.run(delay_us * 1e-6)
    wire.chip.reset(wire.clock.now_ns())
    wire.run(1.0)
    assert wire.wrong() == []
    assert sum(one.good for one in wire.run(0.5)) > 50


@pytest.mark.parametrize("byte", range(21))
def test_a_reset_in_the_midst_of_a_set_delivers_nothing_wrong(model, byte):
    wire = started(model)
    cut = CutShort(wire, byte, lambda: wire.chip.reset(wire.clock.now_ns()))
    wire.run(1.0)
    assert cut.happened or byte >= 18
    assert wire.wrong() == []
    assert wire.sensor.state is ImuState.RUNNING


@pytest.mark.parametrize("byte", range(21))
def test_a_set_that_is_cut_off_is_a_flag(model, byte):
    wire = started(model)

    def fail():
        raise OSError(121, "Remote I/O error")

    cut = CutShort(wire, byte, fail)
    flags = [one.flags for one in wire.run(0.5)]
    if cut.happened:
        assert flags.count(Flag.DESYNC) == 1
        assert wire.sensor.counters.doubtful == {"cut off": 1}
    assert wire.wrong() == []
    assert sum(one.good for one in wire.run(0.5)) > 50


class CutShort:
    """Does something once, before a byte of the next set is sent."""

    def __init__(self, wire, byte, what):
        self.happened = False
        self._byte, self._what, self._left = byte, what, None
        self._fifo_byte = wire.chip.fifo.byte
        wire.chip.fifo.byte = self.byte

    def byte(self, register):
        if register in (0x78, 0x3E) and self._left is None:
            self._left = self._byte
        if self._left is not None and register >= 0x3E:
            if self._left == 0 and not self.happened:
                self.happened = True
                self._what()
            self._left -= 1
        return self._fifo_byte(register)


def test_a_tag_without_its_parity_or_place_is_a_flag():
    wire = started("LSM6DSOX")
    wire.run(0.01)
    for wrong in (0x01, 0x08, 0x06):  # parity, another sensor, another moment
        wire.chip.fifo._waiting.clear()
        wire.chip.fifo.put(wire.chip._ticks(wire.clock.now_ns()), (1, 2, 3), (4, 5, 6))
        word = wire.chip.fifo._waiting[1]
        bits = wrong if wrong == 0x01 else wrong | (wrong.bit_count() % 2)
        wire.chip.fifo._waiting[1] = bytes([word[0] ^ bits]) + word[1:]
        assert Flag.DESYNC in [one.flags for one in wire.run(0.05)]
        wire.run(11.0)
    assert wire.wrong() == []
    assert sum(wire.sensor.counters.doubtful.values()) == 3


def test_a_pattern_that_does_not_begin_at_its_beginning_is_a_flag():
    wire = started("LSM6DS3TR-C")
    wire.chip.fifo._next()
    wire.chip.fifo._place = 4
    assert Flag.DESYNC in [one.flags for one in wire.run(0.1)]
    assert wire.sensor.counters.doubtful == {"pattern": 1}
    assert wire.wrong() == []


def test_a_bad_cable_is_seen_by_its_flags(model):
    """What of the values themselves is garbled no chip of this family lets anybody see."""
    wire = started(model)
    wire.cable.suffer(BAD_CABLE)
    wire.run(20.0)
    counters = wire.sensor.counters
    assert sum(counters.doubtful.values()) > 0.02 * counters.delivered
    assert wire.sensor.state is not ImuState.RUNNING
    assert len(wire.wrong()) < 0.02 * len(wire.given)
    wire.cable.suffer(None)
    wire.run(4.5)
    assert sum(one.good for one in wire.run(1.0)) > 100


def test_after_two_doubts_near_each_other_nothing_is_believed_for_a_while():
    wire = started("LSM6DSOX")
    for _ in range(2):
        wire.chip.fifo._waiting.append(bytes(7))
        wire.run(0.1)
    assert not any(one.good for one in wire.run(2.5))
    assert wire.sensor.state is ImuState.GARBLED
    wire.run(0.5)
    assert all(one.good for one in wire.run(1.0))
    assert wire.sensor.state is ImuState.RUNNING


def test_a_cable_that_only_swallows_acknowledgements_delivers_nothing_wrong(model):
    wire = started(model)
    wire.cable.unheard = 0.1
    wire.run(20.0)
    assert wire.wrong() == []
    assert wire.delivered_share() > 0.5


# ---------------------------------------------------------------------------- its own test


def test_it_tests_itself_when_it_is_asked(model):
    wire = started(model)
    assert wire.sensor.counters.self_test == "not done"
    wire.sensor.test_itself()
    wire.chip._source = lambda t_ns: (0.0, 0.0, GRAVITY, 0.0, 0.0, 0.0)
    wire.run(1.5)
    assert wire.sensor.counters.self_test == "passed"
    assert wire.sensor.state is ImuState.RUNNING
    assert wire.given[-1].values == pytest.approx((0.0, 0.0, GRAVITY, 0.0, 0.0, 0.0), abs=0.001)


def test_a_sensor_whose_masses_do_not_move_fails_its_test(model):
    wire = make_imu_wire(model)
    wire.chip._source = lambda t_ns: (0.0, 0.0, GRAVITY, 0.0, 0.0, 0.0)
    wire.chip.fault = ImuFault.FAILS_SELF_TEST
    wire.sensor.test_itself()
    wire.run(1.5)
    axes = ", ".join(f"{what} {axis}" for what in ("gyroscope", "accelerometer") for axis in "xyz")
    assert wire.sensor.counters.self_test == f"failed: {axes}"


def test_an_address_that_it_cannot_have_is_refused():
    with pytest.raises(ValueError, match="0x6a and 0x6b"):
        Lsm6ds(lambda: None, make_imu_wire().clock, address=0x48)


def test_noise_and_bias_come_through(model):
    behaviour = ImuBehaviour(gyro_bias_rad_s=(0.0, 0.01, 0.0))
    wire = make_imu_wire(model, behaviour)
    wire.chip._source = lambda t_ns: (0.0, 0.0, GRAVITY, 0.0, 0.0, 0.0)
    wire.run(5.0)
    turns = [one.values[4] for one in wire.given]
    assert sum(turns) / len(turns) == pytest.approx(0.01, abs=0.001)
    assert len(set(turns)) > 3
