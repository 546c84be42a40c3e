"""Scan the pads once per tick, a step at a time, so that the cells are served in between."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from drivers.ads1115.chip import Ads1115
from drivers.ads1115.registers import CONVERSION_NS, LSB_V
from drivers.channels import RUNNING, ChannelReport
from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.errors import BusError
from drivers.i2c import reason

_OPEN_BELOW_V: Final = 0.012  # provisional: a pad at rest has 33 mV from its parallel resistor
_SHORT_ABOVE_V: Final = 3.27  # provisional: more than the hardest press gives
_RETRY_NS: Final = 250_000_000
_LATE_NS: Final = 5 * CONVERSION_NS
_TRANSFERS_NS: Final = 500_000  # three a conversion at 400 kHz, with the kernel's share; inferred


@dataclass
class PadCounters:
    """What the scanner has delivered, and why not."""

    delivered: list[int]
    scans: int = 0
    skipped_ticks: int = 0
    recoveries: int = 0
    bus_errors: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """The counters that all pads share, for the status page."""
        return {
            "scans": self.scans,
            "skipped_ticks": self.skipped_ticks,
            "recoveries": self.recoveries,
            "bus_errors": dict(self.bus_errors),
        }


class PadScanner:
    """Converts `inputs` of an ADS1115 one after the other, so that the scan ends before a tick.

    `poll` makes at most one transfer (two when a result is in) and never waits; `margin_ns` is how
    much later than due its calls may come in a whole scan. When the bus goes down every pad gives
    one conversion flagged TIMEOUT and is silent from then on; the bus is reopened and the chip
    reset at once, then every 250 ms.
    """

    def __init__(
        self, adc: Ads1115, inputs: Sequence[int], clock: Clock, *, margin_ns: int = 500_000
    ) -> None:
        self.counters = PadCounters([0] * len(inputs))
        self._adc, self._inputs, self._clock = adc, inputs, clock
        self._scan_ns = len(inputs) * (CONVERSION_NS + _TRANSFERS_NS) + margin_ns
        self._begin_ns: int | None = None
        self._position: int | None = None  # which input is being converted
        self._started_ns = 0
        self._down_until_ns: int | None = None
        self._stale: list[int] = []  # pads whose users have to be told
        self._mark = (clock.now_ns(), self.counters.delivered.copy())

    @property
    def scan_ns(self) -> int:
        """How long before a tick the scan for it begins; what shares the bus leaves it alone."""
        return self._scan_ns

    @property
    def down(self) -> bool:
        """True while the bus or the chip does not answer."""
        return self._down_until_ns is not None

    @property
    def due_ns(self) -> int | None:
        """When the conversion that runs can be read, or the next scan begins."""
        return self._begin_ns if self._position is None else self._started_ns + CONVERSION_NS

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._adc.open()

    def pulse_times(self) -> None:
        """None: there are no clock pins."""

    def aim(self, tick_ns: int) -> None:
        """Begin a scan in time to end before `tick_ns`, unless one still runs or the bus is down.

        A scan that begins late makes none of the later ones late.
        """
        if self._position is not None or self.down:
            self.counters.skipped_ticks += 1
            return
        self._begin_ns = tick_ns - self._scan_ns

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
        state = "silent" if self.down else RUNNING
        shared = {**self.counters.to_json(), "retries": self._adc.retries}
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
            self._begin_ns = None
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

    def _collect(self) -> list[tuple[int, Conversion]]:
        position = self._position
        if position is None:
            return []
        if not self._adc.finished():
            if self._clock.now_ns() - self._started_ns > _LATE_NS:
                raise BusError(0, "ADS1115: a conversion does not end")
            return []
        counts = self._adc.counts()
        read_ns = self._clock.now_ns()
        flags = _judge(counts)
        started_ns = self._started_ns
        self._position = None
        if position + 1 < len(self._inputs):
            self._start(position + 1)
        else:
            self.counters.scans += 1
        self.counters.delivered[position] += flags == GOOD
        ended_ns = started_ns + CONVERSION_NS
        return [(position, Conversion(counts, started_ns, ended_ns, read_ns, flags))]

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except BusError as error:
            self.counters.bus_errors[reason(error)] += 1
            self._position = self._begin_ns = None
            self._down_until_ns = self._clock.now_ns()
            self._stale = list(range(len(self._inputs)))

    def _try_again(self, now_ns: int) -> None:
        if self._down_until_ns is None or now_ns < self._down_until_ns:
            return
        try:
            self._adc.recover()
            self._down_until_ns = None
            self.counters.recoveries += 1
        except BusError as error:
            self.counters.bus_errors[reason(error)] += 1
            self._down_until_ns = self._clock.now_ns() + _RETRY_NS


def _judge(counts: int) -> Flag:
    volts = counts * LSB_V
    if volts < _OPEN_BELOW_V:
        return Flag.OPEN
    return Flag.SHORT if volts > _SHORT_ABOVE_V else GOOD
