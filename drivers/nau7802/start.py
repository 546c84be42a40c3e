"""From a reset to conversions: the way of a NAU7802, a few transfers at a time."""

from collections.abc import Iterator

from drivers.clock import Clock
from drivers.errors import BusError
from drivers.nau7802.port import Port
from drivers.nau7802.registers import (
    ANALOG_ON,
    CALIBRATE,
    CALIBRATION_FAILED,
    CTRL2,
    CYCLE_START,
    DIGITAL_ON,
    INTERNAL_SUPPLY,
    OFFSET,
    POWERED,
    POWERED_UP,
    PU_CTRL,
    RATE_80,
    RESET,
    set_up,
)
from drivers.nau7802.timing import (
    ANALOG_NS,
    CALIBRATION_LIMIT_NS,
    DIGITAL_LIMIT_NS,
    DIGITAL_NS,
)


class NotCalibratedError(BusError):
    """The chip's own calibration fails, or does not end."""


class RegistersLostError(BusError):
    """What was written is not there any more: the chip was reset meanwhile."""


class StartUp:
    """Starts one chip and remembers the offset that its first calibration found.

    A chip that was reset for a moment gets that offset back, so that zeros taken before still
    hold; `forget` when it may be another chip.
    """

    def __init__(self, port: Port, clock: Clock, gain: int) -> None:
        self._port, self._clock, self._set_up = port, clock, set_up(gain)
        self._offset: list[int] | None = None

    def forget(self) -> None:
        """Calibrate anew at the next start."""
        self._offset = None

    def steps(self) -> Iterator[int]:
        """Do what is due and yield how long to wait (ns), until the chip converts.

        `BusError` where it cannot be started.
        """
        port = self._port
        port.write(PU_CTRL, RESET)
        port.write(PU_CTRL, DIGITAL_ON)
        yield DIGITAL_NS
        yield from self._until(PU_CTRL, POWERED_UP, POWERED_UP, DIGITAL_LIMIT_NS)
        port.write_all(self._set_up)
        port.write(PU_CTRL, INTERNAL_SUPPLY | ANALOG_ON | DIGITAL_ON)
        yield ANALOG_NS
        self._check_set_up()
        if self._offset is None:
            yield from self._calibrate()
        else:
            port.write(OFFSET, *self._offset)
        yield 0
        port.write(PU_CTRL, POWERED & ~POWERED_UP | CYCLE_START)
        self._check_set_up()
        yield 0
        if port.read_three(OFFSET) != self._offset:
            raise RegistersLostError(0, "NAU7802: it lost its calibration while it started")

    def _check_set_up(self) -> None:
        """Whether it was reset so far; from the start of conversions on PU_CTRL shows it."""
        gain_and_rate = self._set_up[:2]
        if any(self._port.read(register) != value for register, value in gain_and_rate):
            raise RegistersLostError(0, "NAU7802: it was reset while it started")

    def _calibrate(self) -> Iterator[int]:
        self._port.write(CTRL2, RATE_80 | CALIBRATE)
        yield from self._until(CTRL2, CALIBRATE, 0, CALIBRATION_LIMIT_NS)
        if self._port.read(CTRL2) & CALIBRATION_FAILED:
            raise NotCalibratedError(0, "NAU7802: calibration failed")
        self._offset = self._port.read_three(OFFSET)

    def _until(self, register: int, bits: int, wanted: int, limit_ns: int) -> Iterator[int]:
        """Wait for bits of a register, looking every millisecond."""
        give_up_ns = self._clock.now_ns() + limit_ns
        while self._port.read(register) & bits != wanted:
            if self._clock.now_ns() > give_up_ns:
                raise NotCalibratedError(0, f"NAU7802: register {register:#x} does not change")
            yield DIGITAL_NS
