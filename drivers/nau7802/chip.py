"""One NAU7802: when to look, what to believe, how to bring it back.

A value is good only if the chip was configured and ready before the read, configured and not ready
after it, the read ended before a newer conversion could have ended, and the chip has settled. A
chip that lost its registers is started anew; one that does not answer is tried again.
"""

from collections.abc import Iterator
from typing import Final

from drivers.clock import Clock
from drivers.conversion import GOOD, Conversion, Flag
from drivers.errors import BusError
from drivers.i2c import TIMEOUT, reason
from drivers.nau7802.counters import NauCounters
from drivers.nau7802.port import NoMultiplexerError, Port
from drivers.nau7802.registers import ADC_RESULT, CYCLE_READY, POWERED, PU_CTRL
from drivers.nau7802.start import NotCalibratedError, RegistersLostError, StartUp
from drivers.nau7802.states import NauState
from drivers.nau7802.timing import (
    FRESH_NS,
    LOOK_PERIODS,
    NOMINAL_PERIOD_NS,
    RETRY_NS,
    SETTLE_NS,
    SILENT_NS,
)

_BITS: Final = 24
_SIGN: Final = 1 << (_BITS - 1)
_ENDS: Final = (-_SIGN, _SIGN - 1)
_CAREFUL: Final = 64  # after a doubt, which may be of a chip that is faster than thought


class Nau7802:
    """A chip at a `port`; `gain` 128 or 64 on its first input. `step` never waits."""

    def __init__(self, port: Port, clock: Clock, *, gain: int = 128) -> None:
        self.counters = NauCounters()
        self.due_ns = 0
        """When `step` has something to do."""
        self._port, self._clock = port, clock
        self._start_up = StartUp(port, clock, gain)
        self._starting: Iterator[int] | None = self._start_up.steps()
        self._trouble: NauState | None = None
        self._told = False  # that it is gone
        self._converts = False  # it has settled, and a conversion came
        self._careful = 0  # conversions that are looked for as if the period were not known
        self._settled_ns = self._busy_ns = self._heard_ns = 0
        self._last_t_ns: int | None = None

    @property
    def state(self) -> NauState:
        """What it looks like now; trouble lasts until a settled conversion came."""
        if self._trouble is not None:
            return self._trouble
        return NauState.RUNNING if self._converts else NauState.STARTING

    def step(self) -> Conversion | None:
        """Do what is due; the conversion, good or flagged, if one was read."""
        try:
            self._port.select()
            if self._starting is None:
                return self._look()
            self._go_on_starting(self._starting)
        except BusError as error:
            return self._lose(error)
        return None

    def _go_on_starting(self, steps: Iterator[int]) -> None:
        wait_ns = next(steps, None)
        now_ns = self._clock.now_ns()
        self.due_ns = now_ns + (wait_ns or 0)
        if wait_ns is None:
            self._starting, self._told = None, False
            self._busy_ns = self._heard_ns = now_ns
            self._settled_ns = now_ns + SETTLE_NS

    def _look(self) -> Conversion | None:
        before_ns = self._clock.now_ns()
        status = self._port.read(PU_CTRL)
        if status & POWERED != POWERED:
            self._restart(NauState.RESETTING, "reset")
        elif status & CYCLE_READY:
            return self._collect(self._clock.now_ns())
        else:
            self._busy_ns = self.due_ns = before_ns
            if before_ns - self._heard_ns > SILENT_NS:
                self._restart(NauState.SILENT, "silent")
        return None

    def _collect(self, ready_ns: int) -> Conversion:
        counts = _signed(self._port.read_three(ADC_RESULT))
        end_ns = self._clock.now_ns()
        status = self._port.read(PU_CTRL)
        doubt = self._doubt(status, end_ns)
        conversion = Conversion(counts, self._busy_ns, ready_ns, end_ns, self._judge(counts, doubt))
        if doubt == "reset":
            self._restart(NauState.RESETTING, doubt)
        else:
            self._note_time(conversion, doubt, end_ns)
        return conversion

    def _doubt(self, status: int, end_ns: int) -> str:
        """Why this read may be of no conversion, or of two; empty if it cannot."""
        if status & POWERED != POWERED:
            return "reset"
        if status & CYCLE_READY:
            return "overrun"
        if end_ns - self._busy_ns > FRESH_NS:
            return "late"
        return ""

    def _judge(self, counts: int, doubt: str) -> Flag:
        if doubt:
            return Flag.DESYNC
        if self._busy_ns < self._settled_ns:
            self.counters.settling += 1
            return Flag.SETTLING
        self._trouble, self._converts = None, True
        if counts in _ENDS:
            self.counters.saturated += 1
            return Flag.SATURATED
        self.counters.delivered += 1
        return GOOD

    def _note_time(self, conversion: Conversion, doubt: str, end_ns: int) -> None:
        """Learn the chip's period, and when to look for its next conversion."""
        self._heard_ns = end_ns
        if doubt != "overrun":  # then one is ready already
            self._busy_ns = end_ns
        if doubt:
            self.counters.doubtful[doubt] += 1
            self._last_t_ns, self._careful, self.due_ns = None, _CAREFUL, end_ns
            return
        if self._last_t_ns is not None:
            self.counters.saw_period(conversion.t_ns - self._last_t_ns)
        self._last_t_ns = conversion.t_ns
        self.due_ns = conversion.busy_ns + round(LOOK_PERIODS * self._shortest_period_ns())

    def _shortest_period_ns(self) -> float:
        self._careful = max(0, self._careful - 1)
        known = self.counters.period_known and not self._careful
        return self.counters.period_ns if known else 0.8 * NOMINAL_PERIOD_NS

    def _restart(self, trouble: NauState, doubt: str) -> None:
        """Start anew, at once; trouble if it comes again before a conversion."""
        counters = self.counters
        counters.doubtful[doubt] += 1
        counters.recoveries += 1
        if not self._converts or trouble is NauState.SILENT:
            self._trouble = trouble
        self._begin_again(self._clock.now_ns())

    def _lose(self, error: BusError) -> Conversion | None:
        """Try again in a while; the first time its user is told."""
        now_ns = self._clock.now_ns()
        self.counters.bus_errors[reason(error)] += 1
        self._trouble = _trouble(error)
        self._start_up.forget()
        self._begin_again(now_ns + RETRY_NS)
        if self._told:
            return None
        self._told = True
        self.counters.recoveries += 1
        return Conversion(0, now_ns, now_ns, now_ns, Flag.TIMEOUT)

    def _begin_again(self, at_ns: int) -> None:
        self.counters.forget_period()
        self._starting, self.due_ns = self._start_up.steps(), at_ns
        self._last_t_ns, self._converts = None, False


def _signed(data: list[int]) -> int:
    word = int.from_bytes(bytes(data), "big")
    return word - (1 << _BITS) if word & _SIGN else word


def _trouble(error: BusError) -> NauState:
    if isinstance(error, NotCalibratedError):
        return NauState.NOT_CALIBRATED
    if isinstance(error, RegistersLostError):
        return NauState.RESETTING
    if error.errno == TIMEOUT:
        return NauState.BUS_STUCK
    return NauState.NO_MULTIPLEXER if isinstance(error, NoMultiplexerError) else NauState.NO_ANSWER
