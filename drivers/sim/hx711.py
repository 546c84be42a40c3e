"""An HX711 that answers clock edge by clock edge.

Time is passed in by whoever asks; between two looks the chip works out what happened meanwhile.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

LOWEST: Final = -(1 << 23)
HIGHEST: Final = (1 << 23) - 1
_POWER_DOWN_NS: Final = 60_000
_DATA_BITS: Final = 24
_GAIN_BY_PULSES: Final = {25: 128, 26: 32, 27: 64}
_NOISE_COUNTS: Final = 120.0  # 90 nV rms at gain 128 and 3.3 V, 24 bits over +-12.9 mV, rounded up


class ChipFault(Enum):
    """What can be wrong with a chip or its wiring, switched while it runs."""

    UNPLUGGED = "unplugged"
    STUCK_LOW = "stuck_low"
    STUCK_HIGH = "stuck_high"
    SATURATED = "saturated"
    SLOW = "slow"
    FAST = "fast"  # a crystal of 20 MHz
    RESETS = "resets"  # its supply dips now and then in the middle of a read
    LOOSE = "loose"  # its plug comes off in the middle of a read, for a moment
    FLIPS = "flips"  # one word in 32 has a wrong bit, as a disturbed line gives it
    NO_CLOCK = "no_clock"  # SCK is broken, its end at the chip is pulled to ground


_STRIKING: Final = (ChipFault.RESETS, ChipFault.LOOSE)
_STRIKES: Final = 1 / 16  # of the reads of a chip that has one of these
_FLIPS: Final = 1 / 32  # of the words
_LOOSE_NS: Final = 150_000_000
_PERIODS: Final[dict[ChipFault | None, float]] = {ChipFault.SLOW: 8, ChipFault.FAST: 11.0592 / 20}
"""Its own period's share or multiple."""


@dataclass(frozen=True)
class Behaviour:
    """Where the data sheet is silent or chips differ."""

    rate_sps: float = 80.0
    unsettled: Literal["held", "shown"] = "held"
    mid_read: Literal["replaced", "revoked"] = "replaced"
    wake_gain: Literal["reset", "kept"] = "reset"  # V1 data sheet, V2.0 data sheet
    noise_counts: float = _NOISE_COUNTS
    first_settled: int = 4  # "4 conversions to settle": the fourth is good, or the fifth


class SimHx711:
    """A chip that converts `source(t_ns)` (counts at gain 128, any float) on its own oscillator."""

    def __init__(
        self,
        source: Callable[[int], float],
        start_ns: int,
        behaviour: Behaviour | None = None,
        seed: int = 0,
    ) -> None:
        self.fault: ChipFault | None = None
        self.conversions = 0
        """Settled conversions that ended since power-up, delivered or not."""
        self._source = source
        self._behaviour = behaviour or Behaviour()
        self._random = random.Random(seed)
        self._period_ns = 1e9 / self._behaviour.rate_sps
        self._gain = self._next_gain = 128
        self._sck = 0
        self._sck_high_ns: int | None = None
        self._asleep = self._ready = self._void = False
        self._pulses = self._word = self._series = 0
        self._strikes_at: int | None = None
        self._off_until_ns = 0
        self._reset(start_ns + self._random.uniform(0, self._period_ns))

    def suffer(self, fault: str | None) -> None:
        """Break by a fault's name, or mend."""
        self.fault = None if fault is None else ChipFault(fault)

    def strike(self, pulse: int) -> None:
        """In the next read, at this pulse, the chip resets; if it is `LOOSE` it loses its plug."""
        self._strikes_at = pulse

    def sck(self, level: int, t_ns: int) -> None:
        """An edge on the clock line (a repeated level is none)."""
        self._catch_up(t_ns)
        if self.fault is ChipFault.NO_CLOCK:
            level = 0
        if level and not self._sck:
            self._sck_high_ns = t_ns
            self._pulse(t_ns)
        elif self._sck and not level:
            self._sck_high_ns = None
            if self._asleep:
                self._wake_up(t_ns)
        self._sck = level

    def dout(self, t_ns: int) -> int | None:
        """The data line's level; None where nothing drives it."""
        self._catch_up(t_ns)
        if self._without_power(t_ns):
            return None
        if self.fault is ChipFault.STUCK_HIGH:
            return 1
        if self.fault is ChipFault.STUCK_LOW:
            return 0
        if self._asleep or self._void or self._pulses > _DATA_BITS:
            return 1
        if not self._pulses:
            return 0 if self._ready else 1
        return self._word >> (_DATA_BITS - self._pulses) & 1

    def _pulse(self, t_ns: int) -> None:
        if not (self._ready or self._pulses):
            return
        if self.fault in _STRIKING and not self._pulses and self._random.random() < _STRIKES:
            self.strike(self._random.randint(1, _DATA_BITS + 1))
        self._pulses += 1
        self._next_gain = _GAIN_BY_PULSES.get(self._pulses, self._next_gain)
        self._ready = False
        if self._pulses == self._strikes_at:
            self._strikes_at = None
            self._lose_power(t_ns)

    def _lose_power(self, t_ns: int) -> None:
        """For so short that the chip only resets, or until its plug is in again."""
        self._gain = self._next_gain = 128
        self._reset(t_ns)
        if self.fault is ChipFault.LOOSE:
            self._off_until_ns = t_ns + _LOOSE_NS

    def _without_power(self, t_ns: int) -> bool:
        return self.fault is ChipFault.UNPLUGGED or t_ns < self._off_until_ns

    def _reset(self, t_ns: float) -> None:
        """Nothing converted yet: the first conversion of a new series starts at `t_ns`."""
        self._ready = self._void = False
        self._pulses = self._word = 0
        self._series = 0
        self._end_ns = t_ns + self._period()

    def _period(self) -> float:
        return self._period_ns * _PERIODS.get(self.fault, 1)

    def _wake_up(self, t_ns: int) -> None:
        self._asleep = False
        if self._behaviour.wake_gain == "reset":
            self._gain = self._next_gain = 128
        self._reset(t_ns)

    def _catch_up(self, t_ns: int) -> None:
        """Let everything happen that lies between the last look and `t_ns`."""
        if self._without_power(t_ns):
            self._gain = self._next_gain = 128
            self._reset(t_ns)
            return
        down_ns = None if self._sck_high_ns is None else self._sck_high_ns + _POWER_DOWN_NS
        until_ns = t_ns if down_ns is None else min(t_ns, down_ns)
        while not self._asleep and self._end_ns <= until_ns:
            self._finish_conversion(int(self._end_ns))
            self._end_ns += self._period()
        if down_ns is not None and t_ns > down_ns:
            self._asleep = True

    def _finish_conversion(self, t_ns: int) -> None:
        self._series += 1
        settled = self._series >= self._behaviour.first_settled
        self.conversions += settled
        if self._next_gain != self._gain:
            self._gain = self._next_gain
            self._series = 0
        if not settled and self._behaviour.unsettled == "held":
            return
        if 0 < self._pulses < _DATA_BITS + 1:
            self._finish_in_mid_read(t_ns, settled)
            return
        self._word = self._convert(t_ns, settled)
        self._pulses = 0
        self._void = False
        self._ready = True

    def _finish_in_mid_read(self, t_ns: int, settled: bool) -> None:
        if self._behaviour.mid_read == "replaced":
            self._word = self._convert(t_ns, settled)
        else:
            self._void = True
            self._pulses = 0

    def _convert(self, t_ns: int, settled: bool) -> int:
        """The 24-bit word of a conversion that ends at `t_ns`."""
        value = self._source(t_ns) * self._gain / 128
        value += self._random.gauss(0.0, self._behaviour.noise_counts)
        if not settled:
            value *= self._random.uniform(0.2, 0.9)
        if self.fault is ChipFault.SATURATED:
            value = HIGHEST
        word = round(min(max(value, LOWEST), HIGHEST)) & 0xFFFFFF
        flips = self.fault is ChipFault.FLIPS and self._random.random() < _FLIPS
        return word ^ 1 << self._random.randint(19, 22) if flips else word
