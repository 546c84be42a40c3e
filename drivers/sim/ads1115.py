"""An ADS1115 with its registers and its own timing, on a simulated I2C bus."""

import random
from collections.abc import Callable
from enum import Enum
from typing import Final

_CONVERSION, _CONFIG, _LOW, _HIGH = range(4)
_RESET_CONFIG: Final = 0x8583
_OS: Final = 0x8000
_RESET: Final = 0x06
_SINGLE_SHOT: Final = 0x0100
_RATES: Final = (8, 16, 32, 64, 128, 250, 475, 860)
_FULL_SCALE_V: Final = (6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256)
_WAKE_NS: Final = 25_000
_NOISE_V: Final = 0.0002


class PadFault(Enum):
    """What can be wrong with a pad's wire."""

    OPEN = "open"
    SHORT = "short"


class AdcFault(Enum):
    """What can be wrong with the chip itself."""

    SLOW = "slow_clone"  # 20 % slower than nominal, twice what the data sheet allows
    NO_END = "no_end"  # its OS bit stays 0
    COARSE = "ads1015"  # another chip was sold: 12 bits, and faster


_SLOW_CLONE: Final = 1 / 0.8
_ADS1015: Final = 860 / 3300


class SimAds1115:
    """A chip whose input `n` sees `source(n, t_ns)` volts."""

    def __init__(self, source: Callable[[int, int], float], seed: int = 0) -> None:
        self.pad_faults: dict[int, PadFault] = {}
        self.answers = True
        """Whether it has power and acknowledges its address."""
        self.fault: AdcFault | None = None
        self._pointer = _CONVERSION
        self._received: list[int] = []  # in the present transfer
        self._low_byte: int | None = None  # of the word whose high byte was sent
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
            word = word & ~_OS | (_OS if self._ended() else 0)
        return word

    def write(self, register: int, word: int, t_ns: int) -> None:
        """Set a register; OS starts a single shot unless one is running."""
        self._catch_up(t_ns)
        self._registers[register & 3] = word
        if register & 3 != _CONFIG or self._done_ns is not None:
            return
        if word & _OS or not word & _SINGLE_SHOT:
            self._start(t_ns)

    def begin(self) -> None:
        """It is addressed; the pointer stays until another one is written."""
        self._received, self._low_byte = [], None

    def receive(self, byte: int, t_ns: int) -> None:
        """A pointer, then a register's high and low byte."""
        self._received.append(byte)
        self._pointer = self._received[0]
        if len(self._received) == 3:
            self.write(self._pointer, self._received[1] << 8 | byte, t_ns)

    def send(self, t_ns: int) -> int:
        """A register's high byte, then its low one."""
        if self._low_byte is None:
            word = self.read(self._pointer, t_ns)
            self._low_byte = word & 0xFF
            return word >> 8
        byte, self._low_byte = self._low_byte, None
        return byte

    def general_call(self, byte: int) -> None:
        """6 resets it."""
        if byte == _RESET:
            self.reset()

    def _ended(self) -> bool:
        return self._done_ns is None and self.fault is not AdcFault.NO_END

    def _start(self, t_ns: float) -> None:
        self._running_config = self._registers[_CONFIG]
        rate = _RATES[self._running_config >> 5 & 7]
        self._done_ns = t_ns + _WAKE_NS + 1e9 / rate * self._slowness()

    def _slowness(self) -> float:
        if self.fault is AdcFault.COARSE:
            return _ADS1015
        return _SLOW_CLONE if self.fault is AdcFault.SLOW else self._speed

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
        word = min(max(round(volts / lsb_v), -32768), 32767) & 0xFFFF
        return word & 0xFFF0 if self.fault is AdcFault.COARSE else word
