"""The inertial sensor's driver: samples in SI units with their times, its own test."""

import math
from dataclasses import replace

import pytest

from drivers.conversion import Flag
from drivers.lsm6ds import ImuState, Lsm6ds
from drivers.lsm6ds.clock_map import ClockMap
from drivers.sim.imu_errors import ImuBehaviour
from drivers.sim.lsm6ds import ImuFault
from tests.support.imu_wire import MODELS, PERFECT, START_S, make_imu_wire, started

GRAVITY = 9.80665


@pytest.fixture(params=MODELS)
def model(request):
    return request.param


def still(model, values, **behaviour):
    """A sensor that lies still; what it gives after it was started."""
    wire = make_imu_wire(model, replace(PERFECT, **behaviour))
    wire.chip._source = lambda t_ns: values
    wire.run(START_S)
    return wire, wire.given[-1]


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
