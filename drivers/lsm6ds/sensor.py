"""The dowel's inertial sensor: one channel, six values a sample."""

from collections.abc import Callable, Iterator
from typing import Final

from drivers.channels import ChannelReport
from drivers.clock import Clock
from drivers.conversion import Conversion, Flag
from drivers.errors import BusError
from drivers.i2c import TIMEOUT, Bus, I2c, reason, retry_ns
from drivers.lsm6ds.counters import ImuCounters
from drivers.lsm6ds.distrust import Distrust
from drivers.lsm6ds.port import Port
from drivers.lsm6ds.start import OtherChipError, RegistersLostError, StartUp
from drivers.lsm6ds.states import ImuState
from drivers.lsm6ds.stream import NO_VALUES, GarbledError, SilentError, Stream

DRIVER: Final = "lsm6ds"


class Lsm6ds:
    """A chip at `address` 0x6a or 0x6b that may come and go; `poll` makes a few short transfers.

    One that does not answer costs three tries every 250 ms, a bus that is held one every 10 s. In
    the last `quiet_ns` before a tick nothing begins: the bus is left to others, and the FIFO keeps
    what comes.
    """

    def __init__(
        self,
        open_bus: Callable[[], Bus],
        clock: Clock,
        *,
        address: int = 0x6A,
        quiet_ns: int = 0,
    ) -> None:
        self.counters = ImuCounters()
        self._i2c, self._clock = I2c(open_bus), clock
        self._port = Port(self._i2c, address)
        self._start_up = StartUp(self._port)
        self._distrust = Distrust()
        self._starting: Iterator[int] | None = self._start_up.steps()
        self._stream: Stream | None = None
        self._trouble: ImuState | None = None
        self._told = False  # that it is gone
        self._failures = 0  # since the last sample
        self._due_ns = self._tick_ns = 0
        self._quiet_ns = quiet_ns
        self._mark = (clock.now_ns(), 0)

    @property
    def state(self) -> ImuState:
        """What it looks like now; trouble lasts until a sample came."""
        if self._trouble is not None:
            return self._trouble
        if self._distrust.holds(self._clock.now_ns()):
            return ImuState.GARBLED
        return ImuState.RUNNING if self._stream and self._stream.delivers else ImuState.STARTING

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._i2c.open()

    def pulse_times(self) -> None:
        """None: there are no clock pins."""

    def aim(self, tick_ns: int) -> None:
        """Be quiet before `tick_ns`; the chip samples by itself."""
        self._tick_ns = tick_ns

    def test_itself(self) -> None:
        """Start anew with the self-test, in which the sensor has to lie still; not in a session."""
        self._start_up.asked_to_test = True
        self._begin_again(self._clock.now_ns())

    def poll(self) -> list[tuple[int, Conversion]]:
        """Do what is due; the sample, good or flagged, if one came in."""
        now_ns = self._clock.now_ns()
        if now_ns < self._due_ns or 0 < self._tick_ns - now_ns < self._quiet_ns:
            return []
        try:
            found = self._step()
        except BusError as error:
            found = self._lose(error)
        return [] if found is None else [(0, found)]

    @property
    def due_ns(self) -> int | None:
        """None: `poll` looks often enough, and only where something is due."""
        return None

    def report(self) -> list[ChannelReport]:
        """State and counters; the rate is that since the last call."""
        now_ns, (then_ns, then) = self._clock.now_ns(), self._mark
        delivered = self.counters.delivered
        self._mark = (now_ns, delivered)
        rate_sps = (delivered - then) / max((now_ns - then_ns) * 1e-9, 1e-3)
        return [ChannelReport(DRIVER, self.state.value, rate_sps, self.counters.to_json())]

    def close(self) -> None:
        """Let go of the bus; the chip goes on sampling."""
        self._i2c.close()

    def _step(self) -> Conversion | None:
        if self._starting is not None:
            self._go_on_starting(self._starting)
            return None
        if self._stream is None:
            return None
        conversion = self._stream.step()
        self._due_ns = self._stream.due_ns
        if self._stream.delivers:
            self._trouble, self._told, self._failures = None, False, 0
        return conversion

    def _go_on_starting(self, steps: Iterator[int]) -> None:
        wait_ns = next(steps, None)
        self._due_ns = self._clock.now_ns() + (wait_ns or 0)
        if wait_ns is None:
            self._starting = None
            self.counters.chip = self._start_up.model.name
            self.counters.self_test = self._start_up.test_result
            self._stream = Stream(
                self._port, self._start_up.model, self._clock, self.counters, self._distrust
            )

    def _lose(self, error: BusError) -> Conversion | None:
        """Start anew, at once where it was reset; the first time its user is told."""
        now_ns = self._clock.now_ns()
        lost = isinstance(error, RegistersLostError | SilentError | GarbledError)
        if not lost:
            self.counters.bus_errors[reason(error)] += 1
        if self._stream is None or not self._stream.delivers or not lost:
            self._trouble = _trouble(error)
        self._failures += 1
        self._begin_again(now_ns if lost else now_ns + retry_ns(error, self._failures))
        if self._told:
            return None
        self._told = True
        self.counters.recoveries += 1
        return Conversion(0, now_ns, now_ns, now_ns, Flag.TIMEOUT, NO_VALUES)

    def _begin_again(self, at_ns: int) -> None:
        self._starting, self._due_ns, self._stream = self._start_up.steps(), at_ns, None


def _trouble(error: BusError) -> ImuState:
    kinds = {
        OtherChipError: ImuState.OTHER_CHIP,
        RegistersLostError: ImuState.RESETTING,
        SilentError: ImuState.SILENT,
        GarbledError: ImuState.GARBLED,
    }
    usual = ImuState.BUS_STUCK if error.errno == TIMEOUT else ImuState.NO_ANSWER
    return kinds.get(type(error), usual)
