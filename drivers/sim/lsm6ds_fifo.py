"""The FIFOs of the LSM6DSOX and the LSM6DS3TR-C, byte by byte."""

from collections import deque
from collections.abc import Sequence
from typing import Final, Protocol

_STATUS: Final = 0x3A


class SimFifo(Protocol):
    """Sets go in, bytes come out; the oldest are lost when it is full."""

    def put(self, ticks: int, gyro: Sequence[int], accel: Sequence[int]) -> None:
        """Take a set."""

    def empty(self) -> None:
        """As in bypass mode."""

    def byte(self, register: int) -> int | None:
        """What a read of `register` gives; None where it is not the FIFO's."""

    def after(self, register: int) -> int:
        """Which register a transfer goes on to."""


class SimTaggedFifo:
    """512 words of a tag and six bytes; a word is gone once its last byte is read."""

    _OUT: Final = range(0x78, 0x7F)
    _WORDS: Final = 512

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._moment = 0
        self._overrun = False

    def put(self, ticks: int, gyro: Sequence[int], accel: Sequence[int]) -> None:
        """Three words of one moment."""
        self._moment = (self._moment + 1) % 4
        time = (ticks & 0xFFFFFFFF).to_bytes(4, "little") + b"\x00\x00"
        for sensor, data in ((1, _bytes(gyro)), (2, _bytes(accel)), (4, time)):
            tag = sensor << 3 | self._moment << 1
            self._waiting.append(bytes([tag | tag.bit_count() % 2]) + data)
        while len(self._waiting) > self._WORDS:
            self._waiting.popleft()
            self._overrun = True

    def empty(self) -> None:
        """As in bypass mode."""
        self._waiting.clear()
        self._overrun = False

    def byte(self, register: int) -> int | None:
        """Of the status or of the oldest word."""
        if register == _STATUS:
            return len(self._waiting) & 0xFF
        if register == _STATUS + 1:
            overrun = 0x48 if self._overrun else 0
            self._overrun = False
            return len(self._waiting) >> 8 | overrun
        if register not in self._OUT:
            return None
        word = self._waiting[0] if self._waiting else bytes(7)
        if register == self._OUT[-1] and self._waiting:
            self._waiting.popleft()
        return word[register - self._OUT[0]]

    def after(self, register: int) -> int:
        """The output's last register is followed by its first."""
        return self._OUT[0] if register == self._OUT[-1] else (register + 1) & 0x7F


class SimPatternedFifo:
    """2048 words of two bytes, nine a set; a word is gone once its second byte is read."""

    _OUT: Final = (0x3E, 0x3F)
    _WORDS: Final = 2048
    _SET: Final = 9

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._place = 0  # of the next word in its set
        self._overrun = False

    def put(self, ticks: int, gyro: Sequence[int], accel: Sequence[int]) -> None:
        """Nine words."""
        low, middle, high = (ticks & 0xFFFFFF).to_bytes(3, "little")
        data = _bytes(gyro) + _bytes(accel) + bytes([middle, high, 0, low, 0, 0])
        self._waiting.extend(data[at : at + 2] for at in range(0, len(data), 2))
        while len(self._waiting) > self._WORDS:
            self._next()
            self._overrun = True

    def empty(self) -> None:
        """As in bypass mode."""
        self._waiting.clear()
        self._place, self._overrun = 0, False

    def byte(self, register: int) -> int | None:
        """Of the status, the pattern or the oldest word."""
        count = len(self._waiting)
        status = [count & 0xFF, count >> 8 | 0x40 * self._overrun | 0x10 * (not count)]
        status += [self._place, 0]
        if _STATUS <= register < _STATUS + 4:
            return status[register - _STATUS]
        if register not in self._OUT:
            return None
        word = self._waiting[0] if self._waiting else bytes(2)
        if register == self._OUT[1]:
            self._next()
        return word[register - self._OUT[0]]

    def after(self, register: int) -> int:
        """The output's two registers go round."""
        return self._OUT[0] if register == self._OUT[1] else (register + 1) & 0x7F

    def _next(self) -> None:
        if self._waiting:
            self._waiting.popleft()
            self._place = (self._place + 1) % self._SET


def _bytes(words: Sequence[int]) -> bytes:
    return b"".join((word & 0xFFFF).to_bytes(2, "little") for word in words)
