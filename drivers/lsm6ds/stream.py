"""Samples of one running LSM6DS: which sets to read when, and which to believe.

A set is good only if its words belong together, its time is that of the sample after the last
one, the chip's counter agrees with our clock about it, and no transfer of it failed. After any
doubt the settings are checked and the FIFO is emptied; after two that are near each other nothing
is believed for a while.
"""

from collections.abc import Iterator
from typing import Final

from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.errors import BusError
from drivers.i2c import TIMEOUT, reason
from drivers.lsm6ds.clock_map import ClockMap
from drivers.lsm6ds.counters import ImuCounters
from drivers.lsm6ds.distrust import Distrust
from drivers.lsm6ds.fifo import Model, RawSet, TornError, words
from drivers.lsm6ds.port import Port
from drivers.lsm6ds.registers import FIFO_STATUS, OUT_TEMP, TIMESTAMP
from drivers.lsm6ds.scale import celsius, judge, si
from drivers.lsm6ds.start import check_settings, empty_fifo
from drivers.lsm6ds.timing import (
    AFTER_SAMPLE_NS,
    CHECK_EVERY_NS,
    CLOCK_EVERY_NS,
    CLOCK_FIRST_NS,
    EARLIEST_NS,
    LOOK_AGAIN_NS,
    PERIOD_NS,
    PERIOD_TICKS,
    PERIOD_TOLERANCE_TICKS,
    SILENT_NS,
)

NO_VALUES: Final = (0.0,) * 6
_DONE: Final = object()


class SilentError(BusError):
    """The chip answers and gives no samples."""


class GarbledError(BusError):
    """The chip answers, and what is read makes no sense."""


class Stream:
    """A chip that was set up; `step` makes one transfer and never waits.

    `BusError` where the chip has to be started again.
    """

    def __init__(
        self, port: Port, model: Model, clock: Clock, counters: ImuCounters, distrust: Distrust
    ) -> None:
        now_ns = clock.now_ns()
        self._distrust = distrust
        self.delivers = False
        self._port, self._model, self._clock, self._counters = port, model, clock, counters
        self._map = ClockMap(model.counter_ticks)
        self._waiting = 0
        self._last_ticks: int | None = None
        self._emptying: Iterator[None] | None = None
        self._checking: Iterator[None] | None = None
        self._heard_ns = self._look_due_ns = self._clock_due_ns = self._check_due_ns = now_ns
        self._emptied_ns = self._stepped_ns = now_ns

    @property
    def due_ns(self) -> int:
        """When `step` has something to do."""
        if self._waiting or self._emptying or self._checking:
            return 0
        return min(self._look_due_ns, self._clock_due_ns, self._check_due_ns)

    def step(self) -> Conversion | None:
        """Do what is due; the sample, good or flagged, if one was read."""
        now_ns = self._clock.now_ns()
        self._forgive_pause(now_ns)
        if self._emptying:
            self._empty(self._emptying, now_ns)
        elif now_ns >= self._clock_due_ns:
            self._look_at_counter()
        elif not self._map.known:
            self._wait_for_clock(now_ns)
        elif self._waiting:
            return self._take(now_ns)
        elif now_ns >= self._look_due_ns:
            return self._look(now_ns)
        elif self._checking or now_ns >= self._check_due_ns:
            self._go_on_checking(now_ns)
        return None

    def _forgive_pause(self, now_ns: int) -> None:
        """Time in which nobody looked is not the chip's silence."""
        pause_ns = now_ns - self._stepped_ns
        if pause_ns > SILENT_NS // 4:
            self._heard_ns += pause_ns
        self._stepped_ns = now_ns

    def _empty(self, steps: Iterator[None], now_ns: int) -> None:
        self._emptied_ns = now_ns
        if next(steps, _DONE) is _DONE:
            self._emptying, self._waiting, self._last_ticks = None, 0, None
            self._look_due_ns = now_ns

    def _look_at_counter(self) -> None:
        before_ns = self._clock.now_ns()
        data = self._port.read(TIMESTAMP, self._model.timestamp_bytes)
        after_ns = self._clock.now_ns()
        if not self._map.saw(int.from_bytes(bytes(data), "little"), before_ns, after_ns):
            self._emptying = empty_fifo(self._port, self._model)  # was it reset?
        self._counters.clock_ppm = self._map.fast_ppm
        wait_ns = min(max(CLOCK_FIRST_NS, self._map.span_ns // 2), CLOCK_EVERY_NS)
        self._clock_due_ns = after_ns + wait_ns

    def _wait_for_clock(self, now_ns: int) -> None:
        self._look_due_ns = self._check_due_ns = self._clock_due_ns
        if now_ns - self._heard_ns > SILENT_NS:
            raise SilentError(0, f"{self._model.name}: its counter cannot be followed")

    def _go_on_checking(self, now_ns: int) -> None:
        self._checking = self._checking or self._check()
        if next(self._checking, _DONE) is _DONE:
            self._checking, self._check_due_ns = None, now_ns + CHECK_EVERY_NS

    def _check(self) -> Iterator[None]:
        yield from check_settings(self._port, self._model)
        (counts,) = words(self._port.read(OUT_TEMP, 2))
        self._counters.temperature_c = celsius(counts)

    def _look(self, now_ns: int) -> Conversion | None:
        status = self._port.read(FIFO_STATUS, self._model.status_bytes)
        try:
            self._waiting = self._model.sets_waiting(status)
        except TornError as torn:
            return self._doubt(str(torn), now_ns)
        if not self._waiting:
            self._look_due_ns = now_ns + LOOK_AGAIN_NS
            if now_ns - self._heard_ns > SILENT_NS:
                raise SilentError(0, f"{self._model.name}: no samples")
        return None

    def _take(self, now_ns: int) -> Conversion:
        model = self._model
        try:
            data = self._port.take(model.data_register, model.set_bytes)
            raw = model.decode(data)
            return self._collect(raw, now_ns, self._clock.now_ns())
        except BusError as error:
            if error.errno == TIMEOUT:
                raise
            self._counters.bus_errors[reason(error)] += 1
            return self._doubt("cut off", now_ns)
        except TornError as torn:
            self._distrust.doubt(now_ns)
            return self._doubt(str(torn), now_ns)

    def _collect(self, raw: RawSet, began_ns: int, read_ns: int) -> Conversion:
        self._check_time(raw.ticks, began_ns)
        t_ns = min(self._map.time_ns(raw.ticks), read_ns)
        self._waiting -= 1
        self._last_ticks, self._heard_ns, self.delivers = raw.ticks, read_ns, True
        self._look_due_ns = t_ns + PERIOD_NS + AFTER_SAMPLE_NS
        return Conversion(0, t_ns, t_ns, read_ns, self._judge(raw, read_ns), si(raw))

    def _judge(self, raw: RawSet, now_ns: int) -> Flag:
        if self._distrust.holds(now_ns):
            self._counters.doubtful["distrusted"] += 1
            return Flag.DESYNC
        flags = judge(raw)
        self._counters.delivered += flags == GOOD
        self._counters.saturated += flags != GOOD
        return flags

    def _check_time(self, ticks: int, now_ns: int) -> None:
        """`TornError` where a set's time cannot be that of the next sample."""
        t_ns = self._map.time_ns(ticks)
        if not self._emptied_ns - PERIOD_NS < t_ns < now_ns + EARLIEST_NS:
            raise TornError("time")
        if self._last_ticks is None:
            return
        step = (ticks - self._last_ticks) % self._model.counter_ticks
        if abs(step - PERIOD_TICKS) > PERIOD_TOLERANCE_TICKS:
            raise TornError("gap")

    def _doubt(self, why: str, now_ns: int) -> Conversion:
        """Nothing more is believed until the FIFO was emptied."""
        self._counters.doubtful[why] += 1
        self._counters.recoveries += 1
        if now_ns - self._heard_ns > SILENT_NS:
            raise GarbledError(0, f"{self._model.name}: {why}")
        self._emptying = empty_fifo(self._port, self._model)
        return Conversion(0, now_ns, now_ns, now_ns, Flag.DESYNC, NO_VALUES)
