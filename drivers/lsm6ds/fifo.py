"""What both chips' FIFOs have in common: sets of gyroscope, accelerometer and time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from drivers.lsm6ds.registers import Settings


class RawSet(NamedTuple):
    """Words of one moment, and that moment in ticks of the chip's counter."""

    ticks: int
    gyro: tuple[int, ...]
    accel: tuple[int, ...]


class TornError(Exception):
    """What was read is not one set; says why in a word or two."""


@dataclass(frozen=True)
class Model:
    """One chip of the family: what it takes to read it."""

    name: str
    who_am_i: int
    settings: Settings
    """What is to be written after a reset, before its FIFO is switched on."""
    fifo_mode: tuple[int, int]
    """Register and value that switch the FIFO on; without `FIFO_MODE_BITS` it is emptied."""
    status_bytes: int
    sets_waiting: Callable[[Sequence[int]], int]
    """Whole sets, from the FIFO's status; `TornError` where it is not at the start of one."""
    data_register: int
    set_bytes: int
    decode: Callable[[Sequence[int]], RawSet]
    """A set from its bytes; `TornError` where they are not one set."""
    timestamp_bytes: int
    self_test_g: tuple[float, float]
    """How far the accelerometer must answer to its self-test: at least, at most."""

    @property
    def counter_ticks(self) -> int:
        """Where the timestamp counter begins again at 0."""
        return 1 << 8 * self.timestamp_bytes


def words(data: Sequence[int]) -> tuple[int, ...]:
    """Signed words, low byte first."""
    pairs = zip(data[::2], data[1::2], strict=True)
    return tuple(((high << 8 | low) ^ 0x8000) - 0x8000 for low, high in pairs)
