"""What every driver of converters promises (`drivers/channels.py`), on simulated wires."""

import pytest

from drivers.ads1115 import Ads1115, PadScanner
from drivers.channels import RUNNING
from drivers.hx711 import Hx711Bank
from drivers.lsm6ds import Lsm6ds
from drivers.nau7802 import Nau7802Bank
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.ads1115 import SimAds1115
from drivers.sim.clock import VirtualClock
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import Behaviour, SimHx711
from drivers.sim.lsm6ds import SimLsm6ds
from drivers.sim.nau7802 import SimNau7802
from drivers.sim.smbus import SimSMBus
from drivers.sim.tca9548a import SimTca9548a
from tests.support.wire import PAIRS

TICK_NS = 10_000_000
START_S = 1.5  # an NAU7802 needs more than a second


class Wires:
    """Four cells, three pads and an inertial sensor, and whether anybody has touched them."""

    def __init__(self):
        self.clock = VirtualClock()
        self.header = SimHeader(self.clock.now_ns, lambda: self.clock.advance(400))
        for sck, dout in PAIRS:
            self.header.wire(SimHx711(lambda t: 1000, self.clock.now_ns(), Behaviour()), sck, dout)
        chips = [SimNau7802(lambda t: 1000, self.clock.now_ns()) for _ in range(4)]
        mux = SimTca9548a({channel: {0x2A: chip} for channel, chip in enumerate(chips)})
        imu = SimLsm6ds(lambda t: (0.0,) * 6, self.clock.now_ns())
        devices = {0x48: SimAds1115(lambda pad, t: 1.0), 0x6A: imu, 0x70: mux}
        self.bus = SimSMBus(devices, self.clock.now_ns, self.clock.advance)

    @property
    def touched(self):
        return bool(self.header.calls or self.header.outputs or self.bus.transfers)


def hx711(wires):
    return Hx711Bank(RpiGpioPins(SimGpio(wires.header)), PAIRS, wires.clock)


def ads1115(wires):
    return PadScanner(Ads1115(lambda: wires.bus), range(3), wires.clock)


def nau7802(wires):
    return Nau7802Bank(lambda: wires.bus, range(4), wires.clock)


def lsm6ds(wires):
    return Lsm6ds(lambda: wires.bus, wires.clock)


DRIVERS = {
    "hx711": (hx711, 4),
    "nau7802": (nau7802, 4),
    "ads1115": (ads1115, 3),
    "lsm6ds": (lsm6ds, 1),
}


@pytest.fixture
def wires():
    return Wires()


@pytest.fixture(params=DRIVERS)
def built(request, wires):
    make, channels = DRIVERS[request.param]
    return make(wires), channels


def run(driver, clock, seconds):
    """Poll as the sampling loop does; what came in."""
    found = []
    tick_ns = clock.now_ns()
    end_ns = tick_ns + round(seconds * 1e9)
    while (now_ns := clock.now_ns()) < end_ns:
        if now_ns >= tick_ns:
            tick_ns += TICK_NS
            driver.aim(tick_ns)
        found += driver.poll()
        wake_ns = min(now_ns + 500_000, driver.due_ns or end_ns)
        clock.sleep_until(max(wake_ns, clock.now_ns() + 1))
    return found


def test_building_a_driver_touches_nothing(built, wires):
    assert not wires.touched
    built[0].open()
    built[0].pulse_times()
    run(built[0], wires.clock, 0.02)
    assert wires.touched


def test_it_says_how_each_of_its_channels_is(built, wires):
    driver, channels = built
    driver.open()
    assert len(driver.report()) == channels
    run(driver, wires.clock, START_S)
    before = driver.report()
    found = run(driver, wires.clock, 2.0)
    for number, status in enumerate(driver.report()):
        good = sum(conversion.good for channel, conversion in found if channel == number)
        assert status.state == RUNNING
        assert status.counters["delivered"] - before[number].counters["delivered"] == good > 100
        assert status.rate_sps == pytest.approx(good / 2.0, rel=0.1)


def test_each_channels_conversions_come_in_order_within_their_own_brackets(built, wires):
    driver, channels = built
    driver.open()
    found = run(driver, wires.clock, START_S)
    for number in range(channels):
        mine = [conversion for channel, conversion in found if channel == number]
        assert mine
        assert all(one.busy_ns <= one.t_ns <= one.ready_ns <= one.read_ns for one in mine)
        assert [one.t_ns for one in mine] == sorted({one.t_ns for one in mine})
