"""One HX711: when to read it, what to believe, how to bring it back.

A value is good only if every pulse was short enough, DOUT went high after the last one, the read
ended before a newer conversion could have ended, the conversion did not come impossibly early, and
the chip has settled. On any doubt the chip alone is power-cycled; it is read on, and nothing of it
is believed until it has settled again.
"""

from enum import Enum
from typing import Final

from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.hx711.counters import ChipCounters
from drivers.hx711.shift import GAIN_PULSES, Shifted, shift_in
from drivers.hx711.timing import (
    FIRST_NS,
    FRESH_NS,
    POWER_DOWN_NS,
    SETTLE_NS,
    SILENT_NS,
    SLOW_PERIOD_NS,
    SLOW_SETTLE_NS,
)
from drivers.pins import Pins

_LOWEST: Final = -(1 << 23)
_HIGHEST: Final = (1 << 23) - 1
_STUCK_AFTER: Final = 5  # reads in a row with DOUT low after the last pulse


class ChipState(Enum):
    """What a chip looks like from its line."""

    STARTING = "starting"
    RUNNING = "running"
    SILENT = "silent"  # DOUT stays high: unplugged, unpowered or stuck high
    STUCK_LOW = "stuck low"  # DOUT stays low: shorted to ground
    SLOW = "slow"  # RATE is strapped to 10 SPS


class Hx711:
    """A chip on its own SCK and DOUT, `gain` 128 or 64 on channel A.

    `step` is called with DOUT's level at every poll and never waits.
    """

    def __init__(self, pins: Pins, sck: int, dout: int, clock: Clock, *, gain: int = 128) -> None:
        self.sck, self.dout = sck, dout
        self.counters = ChipCounters()
        self._pins, self._clock = pins, clock
        self._gain_pulses = GAIN_PULSES[gain]
        self._stuck_reads = 0
        self._silent = False
        pins.claim_output(sck, 0)
        pins.claim_input(dout)
        self._power_down(clock.now_ns())

    @property
    def state(self) -> ChipState:
        """What the line looks like now."""
        if self._stuck_reads >= _STUCK_AFTER:
            return ChipState.STUCK_LOW
        if self._silent:
            return ChipState.SILENT
        if self.counters.period_ns > SLOW_PERIOD_NS:
            return ChipState.SLOW
        return ChipState.RUNNING if self.counters.delivered else ChipState.STARTING

    def step(self, level: int, now_ns: int) -> Conversion | None:
        """Take DOUT's level; the conversion, good or flagged, if one was read.

        `now_ns` is a time before a high level was seen, or after a low one.
        """
        if self._down_since is not None:
            self._wake_up(now_ns)
        elif not level:
            return self._read(now_ns)
        else:
            self._seen_high_ns = now_ns
            if now_ns - self._heard_ns > SILENT_NS:
                self._silent = True
                self._recover(now_ns)
        return None

    def _power_down(self, now_ns: int) -> None:
        """SCK goes high now and low at the first step after the chip has noticed."""
        self._pins.write(self.sck, 1)
        self._down_since: int | None = now_ns

    def _wake_up(self, now_ns: int) -> None:
        if self._down_since is not None and now_ns - self._down_since > POWER_DOWN_NS:
            self._pins.write(self.sck, 0)
            self._down_since = None
            self._seen_high_ns = self._heard_ns = now_ns
            self._earliest_ns = now_ns - FRESH_NS
            self._woken_ns = now_ns
            self._trusted_from_ns = now_ns + SETTLE_NS
            self._first_read = True
            self._last_ready_ns: int | None = None

    def _recover(self, now_ns: int) -> None:
        self.counters.recoveries += 1
        self._power_down(now_ns)

    def _read(self, ready_ns: int) -> Conversion:
        shifted = shift_in(self._pins, self.sck, self.dout, self._gain_pulses, self._clock)
        counters = self.counters
        counters.longest_pulse_ns = max(counters.longest_pulse_ns, shifted.longest_pulse_ns)
        doubt = self._doubt(shifted, ready_ns)
        flags = self._judge(shifted, ready_ns, doubt)
        conversion = Conversion(shifted.counts, self._seen_high_ns, ready_ns, shifted.end_ns, flags)
        self._silent = False
        if doubt:
            counters.doubtful[doubt] += 1
            self._stuck_reads = self._stuck_reads + 1 if doubt == "line low" else 0
            self._recover(shifted.end_ns)
        else:
            self._stuck_reads = 0
            self._note_time(ready_ns, shifted.checked_ns)
        return conversion

    def _doubt(self, shifted: Shifted, ready_ns: int) -> str:
        """Why this read may hold the wrong bits; empty if it cannot."""
        if not shifted.complete:
            return "long pulse"
        if not shifted.dout_after:
            return "line low"
        if shifted.end_ns - self._seen_high_ns > FRESH_NS:
            return "late"
        if ready_ns - self._earliest_ns < FRESH_NS:
            return "early"
        if self._silent:  # it may just have been plugged in: nobody knows when it woke up
            return "was silent"
        return ""

    def _judge(self, shifted: Shifted, ready_ns: int, doubt: str) -> Flag:
        if doubt:
            return Flag.DESYNC
        if self._settling(ready_ns, shifted.end_ns):
            self.counters.settling += 1
            return Flag.SETTLING
        if shifted.counts in (_LOWEST, _HIGHEST):
            self.counters.saturated += 1
            return Flag.SATURATED
        self.counters.delivered += 1
        return GOOD

    def _settling(self, ready_ns: int, end_ns: int) -> bool:
        """At gain 64 the first read after a wake-up may change the gain: settle from there.

        A first read that comes late is of a chip at 10 SPS, which settles eight times as long.
        """
        if self._first_read:
            self._first_read = False
            if ready_ns - self._woken_ns > FIRST_NS:
                self._trusted_from_ns = end_ns + SLOW_SETTLE_NS
            elif self._gain_pulses != GAIN_PULSES[128]:
                self._trusted_from_ns = end_ns + SETTLE_NS
        return ready_ns < self._trusted_from_ns

    def _note_time(self, ready_ns: int, seen_high_ns: int) -> None:
        if self._last_ready_ns is not None:
            self.counters.saw_period(ready_ns - self._last_ready_ns)
        self._last_ready_ns = ready_ns
        self._earliest_ns = self._seen_high_ns
        self._seen_high_ns = self._heard_ns = seen_high_ns
