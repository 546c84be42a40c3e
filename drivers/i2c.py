"""An I2C bus: what the drivers need of one, and how errors of the kernel's are met."""

import errno
import importlib
from collections.abc import Callable
from fcntl import ioctl
from typing import Final, Protocol, TypeVar

from drivers.errors import BusError, PlatformError

NACK: Final = errno.EREMOTEIO  # 121
TIMEOUT: Final = errno.ETIMEDOUT  # 110
NO_END: Final = errno.ETIME  # ours: a conversion does not end
TAKEN: Final = errno.EBUSY  # a driver of the kernel's has the address
_DISTURBED: Final = (errno.EIO, errno.EAGAIN)  # the transfer broke off; arbitration was lost
_PASSING: Final = (NACK, *_DISTURBED)
_TRIES: Final = 3
_SET_TIMEOUT: Final = 0x0702  # I2C_TIMEOUT of linux/i2c-dev.h
_TIMEOUT_10_MS: Final = 1
"""In units of 10 ms. So long a bus that is held low keeps the sampling loop, and not the second
that is the kernel's default; the longest transfer takes 0.2 ms."""
_WORDS: Final = {
    NACK: "no answer",
    TIMEOUT: "time-out",
    NO_END: "no end",
    TAKEN: "taken",
} | dict.fromkeys(_DISTURBED, "disturbed")
_RETRY_NS: Final = 250_000_000
_FIRST_BLOCKED_NS: Final = 1_000_000_000
_BLOCKED_NS: Final = 10_000_000_000

_T = TypeVar("_T")


class Bus(Protocol):
    """The part of `smbus2.SMBus` that is used; words are little-endian on this interface."""

    def read_byte_data(self, i2c_addr: int, register: int) -> int:
        """Get a register of one byte."""

    def read_word_data(self, i2c_addr: int, register: int) -> int:
        """Get a register of two bytes."""

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> list[int]:
        """Get `length` bytes from a register on."""

    def write_byte(self, i2c_addr: int, value: int) -> None:
        """Send one byte without a register."""

    def write_byte_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register of one byte."""

    def write_word_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register of two bytes."""

    def close(self) -> None:
        """Let go of the bus."""


class I2c:
    """A bus that `open_bus` opens: by `open`, and again by `reopen` after an error."""

    def __init__(self, open_bus: Callable[[], Bus]) -> None:
        self._open_bus = open_bus
        self._bus: Bus | None = None
        self.retries = 0

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._bus = self._open_bus()

    def reopen(self) -> None:
        """Close and open it; `BusError` if that fails."""
        self.close()
        try:
            self.open()
        except OSError as error:
            raise BusError(error.errno, f"I2C bus: {error}") from error

    def do(self, transfer: Callable[[Bus], _T], what: str, *, tries: int = _TRIES) -> _T:
        """Do a transfer, again after an error that may pass, `tries` times at most.

        `BusError` when that fails. `retries` counts those that were done again. What is gone once
        it is read must be tried once only.
        """
        if self._bus is None:
            raise BusError(0, "I2C bus is not open")
        for left in reversed(range(tries)):
            try:
                return transfer(self._bus)
            except OSError as error:
                if error.errno not in _PASSING or not left:
                    raise BusError(error.errno, f"{what}: {error.strerror or error}") from error
                self.retries += 1
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Let go of the bus."""
        if self._bus is not None:
            self._bus.close()
            self._bus = None


def reason(error: BusError) -> str:
    """What kind of error it was, in the words of the counters."""
    return _WORDS.get(error.errno or 0, "reset or stuck")


def retry_ns(error: BusError, failures: int) -> int:
    """How long to wait after so many failures, the last of which was `error`.

    Each transfer on a bus that is held low keeps the sampling loop for 10 ms, and costs each cell
    some 80 ms: one try in 10 s is less than 1 %.
    """
    if error.errno != TIMEOUT:
        return _RETRY_NS
    return _FIRST_BLOCKED_NS if failures == 1 else _BLOCKED_NS


def open_smbus2(number: int) -> Bus:
    """`/dev/i2c-<number>` through smbus2; `PlatformError` says what to do where it cannot be."""
    try:
        smbus2 = importlib.import_module("smbus2")
    except ImportError:
        raise PlatformError("smbus2 is not installed: pip install 'hinge-rig[pi]'") from None
    device = f"/dev/i2c-{number}"
    try:
        bus = smbus2.SMBus(number)
        ioctl(bus.fd, _SET_TIMEOUT, _TIMEOUT_10_MS)
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
    opened: Bus = bus
    return opened
