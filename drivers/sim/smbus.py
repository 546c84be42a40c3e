"""A simulated I2C bus behind the interface of `smbus2.SMBus`: every byte takes its time.

Devices hang on it by address, some of them behind a multiplexer.
"""

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import reduce
from operator import and_
from typing import Final, Protocol

from drivers.sim.tca9548a import SimTca9548a

BYTE_NS: Final = 22_500  # nine clocks of 400 kHz
_SLOW_NS: Final = 3 * BYTE_NS  # more than that, at 100 kHz
_BLOCKS_NS: Final = 10_000_000  # a bus that is held low, with the time-out that our drivers set


class BusFault(Enum):
    """What can be wrong with the bus."""

    NACK = "unplugged"
    STUCK = "stuck"
    SLOW = "slow_bus"  # clocked at 100 kHz
    TAKEN = "taken"  # a driver of the kernel's has the addresses


class SimDevice(Protocol):
    """A chip on the bus, byte by byte."""

    @property
    def answers(self) -> bool:
        """Whether it acknowledges its address: it has power."""

    def begin(self) -> None:
        """It is addressed: a start or a repeated start."""

    def receive(self, byte: int, t_ns: int, /) -> None:
        """Take a byte; the first one after `begin` names a register."""

    def send(self, t_ns: int, /) -> int:
        """Give the next byte."""

    def general_call(self, byte: int) -> None:
        """Take a byte that goes to every device."""


class SimSMBus:
    """`smbus2.SMBus` as far as the drivers use it.

    `spend` lets nanoseconds pass: `byte_ns` for each byte on the wire and `call_ns` for what the
    kernel does besides; in real time it is not needed. `stay` lets pass what a stuck or a slow bus
    takes besides, and is needed in real time, too; without it that is `spend`.
    """

    def __init__(
        self,
        devices: Mapping[int, SimDevice],
        now_ns: Callable[[], int],
        spend: Callable[[int], None] | None = None,
        *,
        stay: Callable[[int], None] | None = None,
        byte_ns: int = BYTE_NS,
        call_ns: int = 0,
    ) -> None:
        self.fault: BusFault | None = None
        self.transfers = 0
        self.devices = devices
        self._now_ns, self._spend = now_ns, spend or (lambda _: None)
        self._stay = stay or self._spend
        self._byte_ns, self._call_ns = byte_ns, call_ns

    def read_byte_data(self, i2c_addr: int, register: int) -> int:
        """Get a register of one byte."""
        return self._read(i2c_addr, register, 1)[0]

    def read_word_data(self, i2c_addr: int, register: int) -> int:
        """Get a register of two bytes, low byte first as SMBus has it."""
        low, high = self._read(i2c_addr, register, 2)
        return high << 8 | low

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> list[int]:
        """Get `length` bytes from a register on."""
        return self._read(i2c_addr, register, length)

    def write_byte(self, i2c_addr: int, value: int) -> None:
        """A byte to a device, or to all of them by the general call address 0."""
        if i2c_addr:
            self._write(i2c_addr, [value])
            return
        self._enter()
        devices = self._answering(list(self.devices.values()))
        self._pass_byte()
        for device in devices:
            device.general_call(value)

    def write_byte_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register of one byte."""
        self._write(i2c_addr, [register, value])

    def write_word_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register of two bytes, low byte first as SMBus has it."""
        self._write(i2c_addr, [register, value & 0xFF, value >> 8])

    def close(self) -> None:
        """Nothing to let go of."""

    def _write(self, address: int, data: Sequence[int]) -> None:
        self._enter()
        self._send(address, data)

    def _read(self, address: int, register: int, length: int) -> list[int]:
        self._enter()
        self._send(address, [register])
        devices = self._address(address)
        return [self._read_byte(devices) for _ in range(length)]

    def _enter(self) -> None:
        self.transfers += 1
        self._spend(self._call_ns)

    def _send(self, address: int, data: Sequence[int]) -> None:
        devices = self._address(address)
        for byte in data:
            self._pass_byte()
            for device in devices:
                device.receive(byte, self._now_ns())

    def _read_byte(self, devices: Sequence[SimDevice]) -> int:
        """Where two answer, a 0 of either pulls the line down."""
        self._pass_byte()
        return reduce(and_, [device.send(self._now_ns()) for device in devices])

    def _address(self, address: int) -> list[SimDevice]:
        devices = self._answering([on[address] for on in self._segments() if address in on])
        for device in devices:
            device.begin()
        return devices

    def _answering(self, devices: Sequence[SimDevice]) -> list[SimDevice]:
        """Those that acknowledge; the error of the kernel's where none does."""
        if self.fault is BusFault.TAKEN:  # refused before anything is on the wire
            raise _error(errno.EBUSY)
        self._pass_byte()
        answering = [device for device in devices if device.answers]
        if self.fault is BusFault.STUCK:
            self._stay(_BLOCKS_NS)
            raise _error(errno.ETIMEDOUT)
        if self.fault is BusFault.NACK or not answering:
            raise _error(errno.EREMOTEIO)
        return answering

    def _pass_byte(self) -> None:
        self._spend(self._byte_ns)
        if self.fault is BusFault.SLOW:
            self._stay(_SLOW_NS)

    def _segments(self) -> Iterator[Mapping[int, SimDevice]]:
        """The bus itself, and what multiplexers connect to it."""
        yield self.devices
        for device in self.devices.values():
            if isinstance(device, SimTca9548a) and device.answers:
                yield from device.connected()


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
