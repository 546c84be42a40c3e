"""What the drivers need of an I2C bus, and how errors of the kernel's are met."""

import errno
import importlib
from collections.abc import Callable
from typing import Protocol, TypeVar

from drivers.errors import BusError, PlatformError

_NACK = errno.EREMOTEIO  # 121
_TRIES = 3

_T = TypeVar("_T")


class Bus(Protocol):
    """The part of `smbus2.SMBus` that is used; words are little-endian on this interface."""

    def read_word_data(self, i2c_addr: int, register: int) -> int:
        """Get a register."""

    def write_word_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register."""

    def write_byte(self, i2c_addr: int, value: int) -> None:
        """Send one byte without a register."""

    def close(self) -> None:
        """Let go of the bus."""


def retried(transfer: Callable[[], _T], what: str) -> _T:
    """Do a transfer, again after a NACK, a bounded number of times; `BusError` when that fails."""
    for left in reversed(range(_TRIES)):
        try:
            return transfer()
        except OSError as error:
            if error.errno != _NACK or not left:
                raise BusError(error.errno, f"{what}: {error.strerror or error}") from error
    raise AssertionError("unreachable")


def open_smbus2(number: int) -> Bus:
    """`/dev/i2c-<number>` through smbus2; `PlatformError` says what to do where it cannot be."""
    try:
        smbus2 = importlib.import_module("smbus2")
    except ImportError:
        raise PlatformError("smbus2 is not installed: pip install 'hinge-rig[pi]'") from None
    device = f"/dev/i2c-{number}"
    try:
        bus: Bus = smbus2.SMBus(number)
    except FileNotFoundError:
        raise PlatformError(
            errno.ENOENT,
            f"{device} does not exist: put dtparam=i2c_arm=on,i2c_arm_baudrate=400000 into "
            "/boot/firmware/config.txt and restart",
        ) from None
    except PermissionError:
        raise PlatformError(
            errno.EACCES, f"no permission for {device}: add this user to the group i2c"
        ) from None
    return bus
