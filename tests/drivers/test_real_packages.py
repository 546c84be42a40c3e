"""The real gpiod, smbus2 and RPi.GPIO, on wires that are simulated below their Python."""

import importlib.util
import sys
import time
import types
from pathlib import Path

import gpiod
import pytest
import smbus2

from drivers.clock import SystemClock
from drivers.errors import BusError, PlatformError
from drivers.i2c import I2c, open_smbus2, reason
from drivers.pins.choose import open_pins
from drivers.pins.gpiod import GpiodPins, open_gpiod
from drivers.pins.rpi_gpio import RpiGpioPins, open_rpi_gpio
from drivers.sim.gpio import SimGpio
from drivers.sim.smbus import BusFault
from rig.handover.run_dir import RunDir
from rig.names import CELLS, PADS
from rig.sampler.loop import Sampler
from rig.sampler.platform import open_platform
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from tests.support.kernel import KernelGpio, KernelI2c, module_of
from tests.support.virtual_rig import sim_config
from tests.support.wire import make_wire

DEVICE = "gpiochip4"
A_PI = Path("/proc/device-tree/model").exists()
needs_rpi_gpio = pytest.mark.skipif(
    importlib.util.find_spec("RPi") is None, reason="RPi.GPIO is not built: it needs a C compiler"
)


@pytest.fixture
def devices(monkeypatch, tmp_path):
    """A directory of devices with one chip in it."""
    folder = tmp_path / "dev"
    folder.mkdir()
    (folder / DEVICE).touch()
    monkeypatch.setattr("drivers.pins.gpiod._DEVICES", folder)
    return folder


@pytest.fixture
def real_gpiod(monkeypatch, devices):
    """Puts the real gpiod on a header; what the kernel saw."""

    def put_on(header):
        kernel = KernelGpio(header, {str(devices / DEVICE): "pinctrl-rp1"})
        kernel.install(monkeypatch, gpiod._ext)
        return kernel

    return put_on


@pytest.fixture
def real_rpi_gpio(monkeypatch):
    """Puts the real RPi.GPIO on a header, in place of its compiled part."""

    def put_on(header):
        compiled = module_of(SimGpio(header), types.ModuleType, "RPi._GPIO")
        monkeypatch.setitem(sys.modules, "RPi._GPIO", compiled)
        monkeypatch.setitem(sys.modules, "RPi.GPIO", None)  # and afterwards it is as before
        del sys.modules["RPi.GPIO"]

    return put_on


def test_cells_are_read_through_the_real_gpiod(real_gpiod):
    kernels = []

    def pins(header):
        kernels.append(real_gpiod(header))
        return open_gpiod()

    wire = make_wire(open_pins=pins, preemptions_hz=20)
    wire.run(2.0)
    assert wire.wrong() == []
    assert all(len(wire.good(number)) > 130 for number in range(4))
    wire.bank._pins.close()
    assert len(kernels[0].released) == 8


@needs_rpi_gpio
def test_cells_are_read_through_the_real_rpi_gpio(real_rpi_gpio):
    def pins(header):
        real_rpi_gpio(header)
        return open_rpi_gpio()

    wire = make_wire(open_pins=pins, preemptions_hz=20)
    wire.run(2.0)
    assert wire.wrong() == []
    assert all(len(wire.good(number)) > 130 for number in range(4))
    wire.bank._pins.close()
    assert not wire.header.outputs


@needs_rpi_gpio
@pytest.mark.skipif(A_PI, reason="this is a Raspberry Pi")
def test_the_real_rpi_gpio_says_that_this_is_no_raspberry_pi():
    with pytest.raises(PlatformError, match="only be run on a Raspberry Pi"):
        open_pins("rpi-gpio")


def test_the_real_gpiod_says_that_there_is_no_such_chip(devices):
    (devices / DEVICE).unlink()
    with pytest.raises(PlatformError, match="no GPIO chip labelled"):
        open_gpiod()


@pytest.fixture
def wires(tmp_path):
    """A simulated rig in real time."""
    config = pi_config(tmp_path)
    return config, open_sim(config, SystemClock())


@pytest.fixture
def kernel_i2c(monkeypatch, wires):
    """The real smbus2 on the simulated bus."""
    kernel = KernelI2c(wires[1].bus)
    kernel.install(monkeypatch)
    return kernel


def test_every_kind_of_transfer_goes_through_the_real_smbus2(kernel_i2c):
    bus = open_smbus2(1)
    assert isinstance(bus, smbus2.SMBus)
    assert kernel_i2c.opened == ["/dev/i2c-1"]
    assert kernel_i2c.timeouts == [1]
    bus.write_word_data(0x48, 2, 0x3412)
    assert bus.read_word_data(0x48, 2) == 0x3412
    assert bus.read_i2c_block_data(0x48, 2, 2) == [0x12, 0x34]
    assert bus.read_byte_data(0x48, 2) == 0x12
    bus.write_byte(0, 6)
    assert bus.read_word_data(0x48, 2) == 0x0080
    bus.close()
    assert kernel_i2c.closed == 1


@pytest.mark.parametrize(
    ("fault", "word"),
    [(BusFault.NACK, "no answer"), (BusFault.STUCK, "time-out"), (BusFault.TAKEN, "taken")],
)
def test_an_error_of_the_kernels_comes_through_the_real_smbus2(kernel_i2c, fault, word):
    i2c = I2c(lambda: open_smbus2(1))
    i2c.open()
    kernel_i2c.bus.fault = fault
    with pytest.raises(BusError) as caught:
        i2c.do(lambda bus: bus.read_word_data(0x48, 0), "ADS1115")
    assert reason(caught.value) == word


@pytest.mark.parametrize("backend", ["gpiod", pytest.param("rpi-gpio", marks=needs_rpi_gpio)])
def test_the_real_platform_samples_and_closes(
    tmp_path, monkeypatch, wires, kernel_i2c, real_gpiod, real_rpi_gpio, backend
):
    config, simulated = wires
    (real_gpiod if backend == "gpiod" else real_rpi_gpio)(simulated.header)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    config = pi_config(tmp_path, gpio__backend=backend)
    platform = open_platform(config)
    assert platform.real
    assert isinstance(platform.pins, GpiodPins if backend == "gpiod" else RpiGpioPins)
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    sampler = Sampler(config, platform, run_dir, Realtime())
    monkeypatch.setattr("rig.sampler.loop.refuse_slow", lambda _: None)  # this machine may be busy
    sampler.open()
    wait_for(sampler, lambda: all_deliver(platform))
    sampler.close()
    assert kernel_i2c.closed >= 1
    assert not simulated.header.outputs or backend == "gpiod"


def all_deliver(platform):
    reports = [*platform.drivers["cells"].report(), *platform.drivers["pads"].report()]
    assert len(reports) == len(CELLS) + len(PADS)
    return all(report.counters["delivered"] > 3 for report in reports)


def wait_for(sampler, done):
    """Step until it is done, for 30 s at most."""
    give_up_s = time.monotonic() + 30
    while time.monotonic() < give_up_s:
        for _ in range(100):
            sampler.step()
            sampler.clock.sleep_until(sampler.next_poll_ns)
        if done():
            return
    raise AssertionError("not within 30 s")


def pi_config(folder, **settings):
    return sim_config(folder, rig__platform="pi", sim__scenario="empty", **settings)


def test_a_board_of_one_core_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with pytest.raises(PlatformError, match="one core, too few"):
        open_platform(pi_config(tmp_path))


def test_an_error_of_lgpios_is_one_clear_line(monkeypatch):
    class Error(Exception):
        """Neither an OSError nor a RuntimeError."""

    class Busy:
        BCM, OUT = 11, 0

        def __getattr__(self, name):
            return lambda *_: None

        def setup(self, *_args, **_kwargs):
            raise Error("'GPIO busy'")

    monkeypatch.setitem(sys.modules, "lgpio", types.SimpleNamespace(error=Error))
    with pytest.raises(PlatformError, match=r"GPIO busy.*end other programs"):
        RpiGpioPins(Busy()).claim_outputs([17], 0)
