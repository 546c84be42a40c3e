"""An ADS1115 with its registers and its own timing, on a simulated I2C bus."""

import errno
import os
import random
from collections.abc import Callable
from enum import Enum
from typing import Final

_CONVERSION, _CONFIG, _LOW, _HIGH = range(4)
_RESET_CONFIG: Final = 0x8583
_OS: Final = 0x8000
_SINGLE_SHOT: Final = 0x0100
_RATES: Final = (8, 16, 32, 64, 128, 250, 475, 860)
_FULL_SCALE_V: Final = (6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256)
_WAKE_NS: Final = 25_000
_NOISE_V: Final = 0.0002


class PadFault(Enum):
    """What can be wrong with a pad's wire."""

    OPEN = "open"
    SHORT = "short"


class BusFault(Enum):
    """What can be wrong with the bus."""

    NACK = "unplugged"
    STUCK = "stuck"


class SimAds1115:
    """A chip whose input `n` sees `source(n, t_ns)` volts."""

    def __init__(self, source: Callable[[int, int], float], seed: int = 0) -> None:
        self.pad_faults: dict[int, PadFault] = {}
        self._source = source
        self._random = random.Random(seed)
        self._speed = self._random.uniform(0.9, 1.1)
        self.reset()

    def reset(self) -> None:
        """Registers as after power-up."""
        self._registers = {_CONVERSION: 0, _CONFIG: _RESET_CONFIG, _LOW: 0x8000, _HIGH: 0x7FFF}
        self._done_ns: float | None = None
        self._running_config = _RESET_CONFIG

    def read(self, register: int, t_ns: int) -> int:
        """A register's word at `t_ns`."""
        self._catch_up(t_ns)
        word = self._registers[register & 3]
        if register & 3 == _CONFIG:
            word = word & ~_OS | (_OS if self._done_ns is None else 0)
        return word

    def write(self, register: int, word: int, t_ns: int) -> None:
        """Set a register; OS starts a single shot unless one is running."""
        self._catch_up(t_ns)
        self._registers[register & 3] = word
        if register & 3 != _CONFIG or self._done_ns is not None:
            return
        if word & _OS or not word & _SINGLE_SHOT:
            self._start(t_ns)

    def _start(self, t_ns: float) -> None:
        self._running_config = self._registers[_CONFIG]
        rate = _RATES[self._running_config >> 5 & 7]
        self._done_ns = t_ns + _WAKE_NS + 1e9 / rate * self._speed

    def _catch_up(self, t_ns: int) -> None:
        """End what has ended; in continuous mode the next one starts, with the mux of then."""
        while self._done_ns is not None and self._done_ns <= t_ns:
            ended_ns = self._done_ns
            self._registers[_CONVERSION] = self._convert(round(ended_ns))
            self._done_ns = None
            if not self._registers[_CONFIG] & _SINGLE_SHOT:
                self._start(ended_ns)

    def _convert(self, t_ns: int) -> int:
        channel = self._running_config >> 12 & 3
        fault = self.pad_faults.get(channel)
        if fault is PadFault.OPEN:
            volts = 0.0
        elif fault is PadFault.SHORT:
            volts = 3.3
        else:
            volts = self._source(channel, t_ns) + self._random.gauss(0.0, _NOISE_V)
        lsb_v = _FULL_SCALE_V[self._running_config >> 9 & 7] / 32768
        return min(max(round(volts / lsb_v), -32768), 32767) & 0xFFFF


class SimSMBus:
    """`smbus2.SMBus` as far as the drivers use it, with one chip on the bus.

    `spend` lets the time of a transfer pass, given its number of bytes on the wire.
    """

    def __init__(
        self,
        chip: SimAds1115,
        now_ns: Callable[[], int],
        spend: Callable[[int], None] | None = None,
        address: int = 0x48,
    ) -> None:
        self.fault: BusFault | None = None
        self._chip, self._address = chip, address
        self._now_ns, self._spend = now_ns, spend

    def read_word_data(self, i2c_addr: int, register: int) -> int:
        """Get a register, low byte first as SMBus has it."""
        self._transfer(i2c_addr, 5)
        return _swapped(self._chip.read(register, self._now_ns()))

    def write_word_data(self, i2c_addr: int, register: int, value: int) -> None:
        """Set a register, low byte first as SMBus has it."""
        self._transfer(i2c_addr, 4)
        self._chip.write(register, _swapped(value), self._now_ns())

    def write_byte(self, i2c_addr: int, value: int) -> None:
        """A byte to the chip, or 6 to the general call address, which resets it."""
        self._transfer(self._address if i2c_addr == 0 else i2c_addr, 2)
        if i2c_addr == 0 and value == 6:
            self._chip.reset()

    def close(self) -> None:
        """Nothing to let go of."""

    def _transfer(self, i2c_addr: int, wire_bytes: int) -> None:
        if self._spend:
            self._spend(wire_bytes)
        if self.fault is BusFault.STUCK:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        if self.fault is BusFault.NACK or i2c_addr != self._address:
            raise OSError(errno.EREMOTEIO, os.strerror(errno.EREMOTEIO))


def _swapped(word: int) -> int:
    return (word & 0xFF) << 8 | word >> 8
