"""Ways to the pins: all of them carry the HX711 driver, and say what is missing."""

import errno
from pathlib import Path

import pytest

from drivers.errors import PlatformError
from drivers.hx711 import ChipState
from drivers.pins.choose import open_pins
from drivers.pins.gpiod import GpiodPins, find_header_chip
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.pins.timing import measure_pulses, refuse_slow
from drivers.sim.clock import VirtualClock
from drivers.sim.gpio import SimGpio
from drivers.sim.gpiod import SimGpiod
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import ChipFault
from drivers.sim.preemption import Preemption
from tests.support.wire import make_wire

DEVICE = "/dev/gpiochip0"
BACKENDS = {
    "RPi.GPIO": lambda header: RpiGpioPins(SimGpio(header)),
    "gpiod": lambda header: GpiodPins(SimGpiod(header), DEVICE),
}


def header_taking(call_ns: int, preemptions_hz: float = 0.0) -> tuple[SimHeader, VirtualClock]:
    clock = VirtualClock()
    return SimHeader(clock.now_ns, Preemption(clock, call_ns, preemptions_hz)), clock


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_driver_delivers_through_every_backend(backend):
    wire = make_wire(open_pins=BACKENDS[backend], preemptions_hz=20)
    wire.run(2.0)
    assert wire.wrong() == []
    assert all(len(wire.good(number)) > 130 for number in range(4))


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_unconnected_line_is_told_from_one_that_is_stuck_high(backend):
    wire = make_wire(open_pins=BACKENDS[backend])
    wire.chips[1].fault = ChipFault.UNPLUGGED
    wire.chips[2].fault = ChipFault.STUCK_HIGH
    wire.run(2.0)
    states = [chip.state for chip in wire.bank.chips]
    assert states == [
        ChipState.RUNNING,
        ChipState.NOT_CONNECTED,
        ChipState.STUCK_HIGH,
        ChipState.RUNNING,
    ]


@pytest.mark.parametrize("backend", BACKENDS)
def test_pulling_one_input_down_leaves_the_others_up(backend):
    header, _ = header_taking(0)
    pins = BACKENDS[backend](header)
    pins.claim_inputs([5, 6, 7])
    pins.pull(6, 0)
    assert list(pins.read_all([5, 6, 7])) == [1, 0, 1]


def test_gpiod_reads_all_lines_in_one_call():
    header, _ = header_taking(0)
    pins = BACKENDS["gpiod"](header)
    pins.claim_inputs([5, 6, 7])
    before = header.calls
    pins.read_all([5, 6, 7])
    assert header.calls == before + 1


def test_the_header_is_found_by_its_label_and_not_by_its_number():
    labels = {"/dev/gpiochip0": "gpio-brcmstb@107d508500", "/dev/gpiochip4": "pinctrl-rp1"}
    header, _ = header_taking(0)
    gpiod = SimGpiod(header, labels)
    assert find_header_chip(gpiod, [Path(path) for path in labels]) == "/dev/gpiochip4"
    with pytest.raises(PlatformError, match="no GPIO chip labelled pinctrl-rp1"):
        find_header_chip(gpiod, [Path("/dev/gpiochip0")])


def test_no_permission_names_the_group():
    class Denied(SimGpiod):
        def Chip(self, path):  # noqa: N802 - gpiod's name
            raise PermissionError(errno.EACCES, "denied", path)

    header, _ = header_taking(0)
    with pytest.raises(PlatformError, match="group gpio"):
        find_header_chip(Denied(header), [Path(DEVICE)])


def test_rpi_gpio_without_permission_names_the_group():
    class Denied(SimGpio):
        def setup(self, *args, **kwargs):
            raise RuntimeError("No access to /dev/mem. Try running as root!")

    header, _ = header_taking(0)
    with pytest.raises(PlatformError, match="group gpio"):
        RpiGpioPins(Denied(header)).claim_outputs([17], 0)


def test_a_pin_that_another_program_holds_is_named():
    class Busy(SimGpiod):
        def request_lines(self, *args, **kwargs):
            raise OSError(errno.EBUSY, "busy")

    header, _ = header_taking(0)
    with pytest.raises(PlatformError, match="GPIO 17: another program"):
        GpiodPins(Busy(header), DEVICE).claim_outputs([17], 0)


@pytest.mark.parametrize("model", ["Raspberry Pi 5 Model B Rev 1.0", "Raspberry Pi 3 Model B"])
def test_without_a_library_or_a_pi_the_message_says_what_to_do(tmp_path, model):
    path = tmp_path / "model"
    path.write_text(model)
    with pytest.raises(PlatformError, match=r"hinge-rig\[pi\]|sim"):
        open_pins("auto", path)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_with_short_pulses_is_measured_and_accepted(backend):
    header, clock = header_taking(2_000, preemptions_hz=200)
    pins = BACKENDS[backend](header)
    pins.claim_outputs([17, 22], 0)
    times = measure_pulses(pins, [17, 22], clock)
    assert times.median_us == pytest.approx(4.0)
    refuse_slow(times)


def test_one_preemption_does_not_refuse_a_good_backend():
    header, clock = header_taking(1_000)
    pins = BACKENDS["RPi.GPIO"](header)
    pins.claim_outputs([17], 0)
    write = pins.write

    def stalled_once(pin, level):
        pins.write = write
        clock.advance(3_000_000)
        write(pin, level)

    pins.write = stalled_once
    times = measure_pulses(pins, [17], clock)
    assert times.too_long == 1
    assert times.longest_us > 3000
    refuse_slow(times)


def test_a_backend_that_takes_120_us_a_bit_is_refused_with_what_was_measured():
    header, clock = header_taking(60_000)
    pins = BACKENDS["RPi.GPIO"](header)
    pins.claim_outputs([17], 0)
    with pytest.raises(PlatformError, match=r"median 120.0.*backend under \[gpio\]"):
        refuse_slow(measure_pulses(pins, [17], clock))


def test_chips_deliver_after_their_pulses_were_measured():
    wire = make_wire()
    wire.run(0.5)
    wire.bank.pulse_times()
    wire.count_from_now()
    wire.run(1.0)
    assert wire.wrong() == []
    assert all(len(wire.good(number)) > 60 for number in range(4))
