"""Scan the pads once per tick, a step at a time, so that the cells are served in between."""

from collections.abc import Callable, Sequence
from typing import Final

from drivers.ads1115.chip import Ads1115
from drivers.ads1115.counters import PadCounters
from drivers.ads1115.registers import CONVERSION_NS, LSB_V
from drivers.ads1115.schedule import Schedule
from drivers.channels import RUNNING, ChannelReport
from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.errors import BusError
from drivers.i2c import NACK, NO_END, TAKEN, TIMEOUT, reason, retry_ns

_OPEN_BELOW_V: Final = 0.012  # provisional: a pad at rest has 33 mV from its parallel resistor
_SHORT_ABOVE_V: Final = 3.27  # provisional: more than the hardest press gives
_LATE_NS: Final = 5 * CONVERSION_NS
_LOOK_AGAIN_NS: Final = 60_000
_STATES: Final = {NACK: "no answer", TIMEOUT: "bus stuck", TAKEN: "taken", NO_END: "no end"}


class PadScanner:
    """Converts `inputs` of an ADS1115 one after the other, so that the scan ends before a tick.

    `poll` makes at most one transfer (two when a result is in) and never waits; `margin_ns` is how
    much later than due its calls may come in a whole scan, `every_ns` the time between ticks. When
    the bus goes down every pad gives one conversion flagged TIMEOUT and is silent from then on; the
    bus is reopened and the chip reset at once, then every 250 ms; every 10 s where transfers time
    out, for that keeps the cells waiting.
    """

    def __init__(
        self,
        adc: Ads1115,
        inputs: Sequence[int],
        clock: Clock,
        *,
        margin_ns: int = 500_000,
        every_ns: int = 10_000_000,
    ) -> None:
        self.counters = PadCounters([0] * len(inputs))
        self._adc, self._inputs, self._clock = adc, inputs, clock
        self._schedule = Schedule(len(inputs), margin_ns, every_ns)
        self._begin_ns: int | None = None
        self._next_begin_ns: int | None = None  # of the scan after the one that runs
        self._position: int | None = None  # which input is being converted
        self._started_ns = self._look_ns = self._began_ns = 0
        self._down_until_ns: int | None = None
        self._failures = 0  # since the last whole scan
        self._trouble = ""
        self._stale: list[int] = []  # pads whose users have to be told
        self._mark = (clock.now_ns(), self.counters.delivered.copy())

    @property
    def scan_ns(self) -> int:
        """How long before a tick the scan for it begins; what shares the bus leaves it alone."""
        return self._schedule.scan_ns

    @property
    def down(self) -> bool:
        """True while the bus or the chip does not answer, or gives nothing."""
        return self._failures > 0

    @property
    def due_ns(self) -> int | None:
        """When the conversion that runs can be read, or the next scan begins."""
        return self._begin_ns if self._position is None else self._look_ns

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._adc.open()

    def pulse_times(self) -> None:
        """None: there are no clock pins."""

    def aim(self, tick_ns: int) -> None:
        """Begin a scan in time to end before `tick_ns`, or as soon as the one that runs has ended.

        Nothing while the bus is down.
        """
        if self._down_until_ns is not None or self._next_begin_ns is not None:
            self.counters.skipped_ticks += 1
            return
        begin_ns = self._schedule.begin_ns(tick_ns)
        if self._position is None:
            planned_ns = begin_ns if self._begin_ns is None else self._begin_ns
            self._begin_ns = min(planned_ns, begin_ns)
        else:
            self._next_begin_ns = begin_ns

    def poll(self) -> list[tuple[int, Conversion]]:
        """Carry the scan on; (pad number, conversion) when one came in."""
        now_ns = self._clock.now_ns()
        if self._stale:
            return self._tell_stale(now_ns)
        if self._down_until_ns is not None:
            self._try_again(now_ns)
        elif (due_ns := self.due_ns) is not None and now_ns >= due_ns:
            return self._go_on()
        return []

    def report(self) -> list[ChannelReport]:
        """Every pad's report; they share the bus. Rates are those since the last call."""
        now_ns, (then_ns, then) = self._clock.now_ns(), self._mark
        delivered = self.counters.delivered.copy()
        self._mark = (now_ns, delivered)
        seconds = max((now_ns - then_ns) * 1e-9, 1e-3)
        state = self._trouble if self.down else RUNNING
        shared = {
            **self.counters.to_json(),
            "retries": self._adc.retries,
            "transfer_us": self._schedule.take_transfer_us(),
            "conversion_us": self._schedule.conversion_ns / 1000,
        }
        return [
            ChannelReport("ads1115", state, (new - old) / seconds, {"delivered": new, **shared})
            for new, old in zip(delivered, then, strict=True)
        ]

    def close(self) -> None:
        """Let go of the bus."""
        self._adc.close()

    def _go_on(self) -> list[tuple[int, Conversion]]:
        found: list[tuple[int, Conversion]] = []
        if self._position is None:
            self._began_ns, self._begin_ns = self._clock.now_ns(), None
            self._guarded(lambda: self._start(0))
        else:
            self._guarded(lambda: found.extend(self._collect()))
        return found

    def _tell_stale(self, now_ns: int) -> list[tuple[int, Conversion]]:
        silent = Conversion(0, now_ns, now_ns, now_ns, Flag.TIMEOUT)
        told = [(pad, silent) for pad in self._stale]
        self._stale = []
        return told

    def _start(self, position: int) -> None:
        self._adc.start(self._inputs[position])
        self._position = position
        self._started_ns = self._clock.now_ns()
        self._look_ns = self._started_ns + self._schedule.conversion_ns

    def _collect(self) -> list[tuple[int, Conversion]]:
        position = self._position
        if position is None:
            return []
        looked_ns = self._clock.now_ns()
        if not self._adc.finished():
            return self._look_later(looked_ns)
        counts, read_ns = self._timed_counts()
        flags = _judge(counts)
        started_ns = self._started_ns
        self._position = None
        if position + 1 < len(self._inputs):
            self._start(position + 1)
        else:
            self._end_scan(read_ns)
        self.counters.delivered[position] += flags == GOOD
        ended_ns = started_ns + self._schedule.conversion_ns
        return [(position, Conversion(counts, started_ns, min(ended_ns, read_ns), read_ns, flags))]

    def _timed_counts(self) -> tuple[int, int]:
        before_ns = self._clock.now_ns()
        counts = self._adc.counts()
        after_ns = self._clock.now_ns()
        self._schedule.transfer_took(after_ns - before_ns)
        return counts, after_ns

    def _look_later(self, looked_ns: int) -> list[tuple[int, Conversion]]:
        if looked_ns - self._started_ns > _LATE_NS:
            raise BusError(NO_END, "ADS1115: a conversion does not end")
        if looked_ns - self._look_ns < _LOOK_AGAIN_NS:
            self._schedule.looked_too_early()
        self._look_ns = self._clock.now_ns() + _LOOK_AGAIN_NS
        return []

    def _end_scan(self, now_ns: int) -> None:
        self.counters.scans += 1
        self.counters.answers_at = None
        self.counters.recoveries += self._failures > 0
        self._failures = 0
        self._schedule.scan_took(now_ns - self._began_ns)
        self._begin_ns, self._next_begin_ns = self._next_begin_ns, None
        if self._begin_ns is not None:  # what was late makes the next one no later than this
            self._begin_ns = max(self._begin_ns, now_ns)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except BusError as error:
            self._lose(error)
            self._stale = list(range(len(self._inputs))) if self._failures == 1 else []

    def _lose(self, error: BusError) -> None:
        self.counters.bus_errors[reason(error)] += 1
        self._position = self._begin_ns = self._next_begin_ns = None
        self._failures += 1
        self._trouble = _STATES.get(error.errno or 0, "silent")
        at_once = self._failures == 1 and error.errno != TIMEOUT
        self._down_until_ns = self._clock.now_ns() + (
            0 if at_once else retry_ns(error, self._failures)
        )

    def _try_again(self, now_ns: int) -> None:
        if self._down_until_ns is None or now_ns < self._down_until_ns:
            return
        try:
            self._adc.recover()
            self._down_until_ns = None
            self._schedule.forget()
        except BusError as error:
            self._lose(error)
            if error.errno == NACK:
                found = self._adc.answers_elsewhere()
                self.counters.answers_at = found or self.counters.answers_at


def _judge(counts: int) -> Flag:
    volts = counts * LSB_V
    if volts < _OPEN_BELOW_V:
        return Flag.OPEN
    return Flag.SHORT if volts > _SHORT_ABOVE_V else GOOD
