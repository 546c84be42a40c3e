"""From a reset to samples, and the self-test on the way: a few transfers at a time."""

from collections.abc import Iterator
from typing import Final

from drivers.errors import BusError
from drivers.lsm6ds.fifo import Model
from drivers.lsm6ds.patterned import LSM6DS3TR_C
from drivers.lsm6ds.port import Port
from drivers.lsm6ds.registers import CTRL3_C, FIFO_MODE_BITS, RESET, WHO_AM_I
from drivers.lsm6ds.self_test import self_test
from drivers.lsm6ds.tagged import LSM6DSOX
from drivers.lsm6ds.timing import RESET_NS, SETTLE_NS

MODELS: Final = {model.who_am_i: model for model in (LSM6DSOX, LSM6DS3TR_C)}


_LOOKS: Final = 2


class OtherChipError(BusError):
    """What answers is none of the family's that are known here."""


class RegistersLostError(BusError):
    """What was written is not there any more: the chip was reset meanwhile."""


class StartUp:
    """Starts whichever chip of the family answers; `model` is known from then on."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.model: Model = LSM6DSOX
        self.asked_to_test = False
        """Whether the next start makes the self-test first."""
        self.test_result = "not done"

    def steps(self) -> Iterator[int]:
        """Do what is due and yield how long to wait (ns), until samples go into the FIFO.

        `BusError` where it cannot be started.
        """
        self.model = self._identify()
        self._port.write(CTRL3_C, RESET)
        yield RESET_NS
        if self.asked_to_test:
            self.test_result = yield from self_test(self._port, self.model.self_test_g)
            self.asked_to_test = False
            self._port.write(CTRL3_C, RESET)
            yield RESET_NS
        for setting in self.model.settings:
            self._port.write(*setting)
            yield 0
        yield SETTLE_NS
        for _ in empty_fifo(self._port, self.model):
            yield 0

    def _identify(self) -> Model:
        (who,) = self._port.read(WHO_AM_I, 1)
        if who not in MODELS:
            raise OtherChipError(0, f"WHO_AM_I is {who:#04x}, not that of a known LSM6DS")
        return MODELS[who]


def empty_fifo(port: Port, model: Model) -> Iterator[None]:
    """Begin anew with an empty FIFO, a transfer at a time; raises as `check_settings`."""
    register, value = model.fifo_mode
    port.write(register, value & ~FIFO_MODE_BITS)
    yield
    yield from check_settings(port, model)
    port.write(register, value)
    yield
    yield from _check(port, model, model.fifo_mode)


def check_settings(port: Port, model: Model) -> Iterator[None]:
    """A transfer at a time; `RegistersLostError` where it was reset since it was set up."""
    for setting in model.settings:
        yield from _check(port, model, setting)


def _check(port: Port, model: Model, setting: tuple[int, int]) -> Iterator[None]:
    """Read again where it seems to be lost: the reading itself may have been garbled."""
    register, value = setting
    if all(port.read(register, 1) != [value] for _ in range(_LOOKS)):
        raise RegistersLostError(0, f"{model.name}: register {register:#04x} was lost")
    yield
