"""One HX711: when to read it, what to believe, how to bring it back.

A value is good only if every pulse was short enough, DOUT went high after the last one, the read
ended before a newer conversion could have ended, the conversion came neither impossibly early nor
after a gap, the chip has settled, and the next conversion came in time. On any doubt the chip alone
is power-cycled; it is read on, and nothing of it is believed until it has settled again.
"""

from typing import Final

from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.hx711.counters import ChipCounters
from drivers.hx711.held import Held
from drivers.hx711.settling import Settling
from drivers.hx711.shift import DATA_BITS, GAIN_PULSES, Shifted, ones_at_end, shift_in
from drivers.hx711.states import ChipState, Trouble
from drivers.hx711.timing import (
    CUT_OFF_ONES,
    FRESH_NS,
    POWER_DOWN_NS,
    PULL_NS,
    SILENT_NS,
    SLOW_PERIOD_NS,
    STUCK_RETRY_NS,
)
from drivers.pins import Pins

_LOWEST: Final = -(1 << 23)
_HIGHEST: Final = (1 << 23) - 1
_TAIL: Final = 6  # ones that a plug pulled out in mid-read leaves, or a value has by chance


class Hx711:
    """A chip on its own SCK and DOUT; `gain` 128 or 64 on channel A.

    When the pins are claimed `restart` begins; then `step` is called with DOUT's level at every
    poll and never waits.
    """

    def __init__(self, pins: Pins, sck: int, dout: int, clock: Clock, *, gain: int = 128) -> None:
        self.sck, self.dout = sck, dout
        self.counters = ChipCounters()
        self._settling = Settling(self.counters)
        self._held = Held(self.counters)
        self._pins, self._clock = pins, clock
        self._gain_pulses = GAIN_PULSES[gain]
        self.trouble = Trouble()
        self._silent = False
        self._driven = True
        self._seen_high_ns = self._heard_ns = 0

    def restart(self) -> None:
        """Power-cycle the chip; nothing is known of it then."""
        self._gain_sure = False
        self._power_down()

    @property
    def state(self) -> ChipState:
        """What the line looks like now."""
        if self.trouble.state is not None:
            return self.trouble.state
        if self._silent:
            return ChipState.STUCK_HIGH if self._driven else ChipState.NOT_CONNECTED
        if self.counters.period_ns > SLOW_PERIOD_NS:
            return ChipState.SLOW
        return ChipState.RUNNING if self.counters.delivered else ChipState.STARTING

    @property
    def rate_sps(self) -> float:
        """Conversions a second, measured."""
        fast = self.trouble.state is ChipState.FAST
        return self.trouble.rate_sps if fast else self.counters.rate_sps

    def step(self, level: int, now_ns: int) -> list[Conversion]:
        """Take DOUT's level; conversions, good or flagged, that were read and need not wait.

        `now_ns` is a time before a high level was seen, or after a low one.
        """
        if self._down_since_ns is not None:
            stuck = self.state is ChipState.STUCK_LOW  # then time is better spent on the others
            rest_ns = STUCK_RETRY_NS if stuck else POWER_DOWN_NS
            if self._clock.now_ns() - self._down_since_ns > rest_ns:
                self._wake_up(level, now_ns)
        elif not level:
            return [*self._held.release(self._seen_high_ns, now_ns), *self._read(now_ns)]
        else:
            self._seen_high_ns = now_ns
            if now_ns - self._heard_ns > SILENT_NS:
                self._silent = True
                self._recover(gain_kept=False)
            if self._held.overdue(now_ns):
                return self._held.release(now_ns, now_ns)
        return []

    def _power_down(self) -> None:
        """SCK goes high now and low at the first step after the chip has noticed.

        A silent line is pulled down meanwhile: only one that nothing drives follows.
        """
        self._pins.write(self.sck, 1)
        if self._silent:
            self._pins.pull(self.dout, 0)
        self._down_since_ns: int | None = self._clock.now_ns()

    def _wake_up(self, level: int, seen_ns: int) -> None:
        if self._silent:
            self._driven = bool(level)
            self._pins.pull(self.dout, 1)
        self._pins.write(self.sck, 0)
        self._down_since_ns = None
        self._settled = False
        self._seen_high_ns = seen_ns
        self._earliest_ns = seen_ns - FRESH_NS
        self._heard_ns = self._clock.now_ns()  # the edge is past for certain
        self._settling.woken(self._heard_ns, gain_sure=self._gain_sure)
        self._last_ready_ns: int | None = None

    def _recover(self, *, gain_kept: bool) -> None:
        self.counters.recoveries += 1
        self._gain_sure = self._gain_sure and gain_kept
        self._power_down()

    def _read(self, ready_ns: int) -> list[Conversion]:
        shifted = shift_in(self._pins, self.sck, self.dout, self._gain_pulses, self._clock)
        counters = self.counters
        counters.longest_pulse_ns = max(counters.longest_pulse_ns, shifted.longest_pulse_ns)
        doubt = self._doubt(shifted, ready_ns)
        flags = self._judge(shifted, ready_ns, doubt)
        conversion = Conversion(shifted.counts, self._seen_high_ns, ready_ns, shifted.end_ns, flags)
        self._silent = False
        if doubt:
            counters.doubtful[doubt] += 1
            self.trouble.doubted(doubt, ready_ns - (self._last_ready_ns or ready_ns))
            # the power-down's own edge counts as a pulse, too: it must not be the 26th
            self._recover(gain_kept=shifted.pulses <= DATA_BITS)
        else:
            if self._settled:
                self.trouble.believed()
            self._gain_sure = self._gain_pulses == GAIN_PULSES[128]  # waking up never changes it
            self._note_time(ready_ns, shifted.checked_ns)
        if not conversion.good:
            return [conversion]
        self._held.keep(conversion)
        return []

    def _doubt(self, shifted: Shifted, ready_ns: int) -> str:
        """Why this read may hold the wrong bits; empty if it cannot."""
        if not shifted.complete:
            return "long pulse"
        if not shifted.dout_after:
            return "line low"
        ones = ones_at_end(shifted.counts)
        if ones >= _TAIL and not self._driven_high():
            return "unplugged"
        if ones >= CUT_OFF_ONES and shifted.counts != _HIGHEST:
            return "cut off"
        if shifted.end_ns - self._seen_high_ns > FRESH_NS:
            return "late"
        if ready_ns - self._earliest_ns < FRESH_NS:
            return "early"
        if self._settled and self.counters.is_gap(self._seen_high_ns - self._heard_ns):
            return "gap"
        if self._silent:  # it may just have been plugged in: nobody knows when it woke up
            return "was silent"
        return ""

    def _judge(self, shifted: Shifted, ready_ns: int, doubt: str) -> Flag:
        if doubt:
            return Flag.DESYNC
        if self._settling.goes_on(self._seen_high_ns, ready_ns, shifted.end_ns):
            self.counters.settling += 1
            return Flag.SETTLING
        self._settled = True
        if shifted.counts in (_LOWEST, _HIGHEST):
            self.counters.saturated += 1
            return Flag.SATURATED
        return GOOD

    def _driven_high(self) -> bool:
        """Whether the chip holds DOUT high, and not only the pull-up."""
        self._pins.pull(self.dout, 0)
        self._clock.sleep_until(self._clock.now_ns() + PULL_NS)
        level = self._pins.read(self.dout)
        self._pins.pull(self.dout, 1)
        return bool(level)

    def _note_time(self, ready_ns: int, seen_high_ns: int) -> None:
        if self._last_ready_ns is not None:
            self.counters.saw_period(ready_ns - self._last_ready_ns)
        self._last_ready_ns = ready_ns
        self._earliest_ns = self._seen_high_ns
        self._seen_high_ns = self._heard_ns = seen_high_ns
