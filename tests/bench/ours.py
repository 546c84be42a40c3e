"""Our driver on the benchmark's wire, the pads beside it."""

from drivers.ads1115 import Ads1115, PadScanner
from drivers.hx711 import Hx711Bank
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.ads1115 import SimAds1115
from drivers.sim.gpio import SimGpio
from drivers.sim.smbus import SimSMBus
from tests.bench.wire import BenchWire, Tally
from tests.support.wire import PAIRS, POLL_NS

TICK_NS = 10_000_000
PAD_VOLTS = (0.5, 1.5, 2.5)
PAD_LSB_V = 4.096 / 32768


class Pads:
    """The scanner of the pads, and whether each scan gave all of them, each its own value."""

    def __init__(self, wire: BenchWire) -> None:
        chip = SimAds1115(lambda channel, t_ns: PAD_VOLTS[channel], seed=1)
        bus = SimSMBus({0x48: chip}, wire.clock.now_ns, wire.clock.advance)
        self.scanner = PadScanner(Ads1115(lambda: bus), range(3), wire.clock)
        self.scanner.open()
        self.ticks = self.complete = self.wrong = self._scans_before = 0
        self._next_tick_ns = wire.clock.now_ns()

    def step(self, now_ns: int) -> None:
        for pad, conversion in self.scanner.poll():
            self.wrong += abs(conversion.counts * PAD_LSB_V - PAD_VOLTS[pad]) > 0.01
        if now_ns >= self._next_tick_ns:
            self._next_tick_ns += TICK_NS
            self._end_tick(self.scanner.counters.scans)
            self.scanner.aim(self._next_tick_ns)

    def wake_ns(self, next_ns: int, now_ns: int) -> int:
        """`next_ns`, or sooner when the scanner has something to do."""
        due_ns = self.scanner.due_ns
        return next_ns if due_ns is None or due_ns <= now_ns else min(next_ns, due_ns)

    def _end_tick(self, scans: int) -> None:
        self.ticks += scans > 0  # the first tick has none behind it
        self.complete += scans > self._scans_before
        self._scans_before = scans

    @property
    def scanned_pct(self) -> float:
        """Share of ticks in which all pads were scanned, in percent."""
        return 100 * self.complete / max(self.ticks, 1)


def run_ours(wire: BenchWire, seconds: float, pads: Pads | None = None) -> Tally:
    """Poll every 0.5 ms for so long, after one second in which every chip has settled."""
    clock = wire.clock
    bank = Hx711Bank(RpiGpioPins(SimGpio(wire.header)), PAIRS, clock)
    bank.open()
    tally = Tally(wire)
    next_ns = clock.now_ns()
    counted_from_ns = next_ns + 1_000_000_000
    end_ns = counted_from_ns + round(seconds * 1e9)
    counting = False
    while clock.now_ns() < end_ns:
        if not counting and clock.now_ns() >= counted_from_ns:
            tally, counting = Tally(wire), True
        for number, conversion in bank.poll():
            if conversion.good:
                tally.deliver(number, conversion.counts)
        if pads is not None:
            pads.step(clock.now_ns())
        next_ns = max(next_ns + POLL_NS, clock.now_ns())
        if pads is not None:
            next_ns = pads.wake_ns(next_ns, clock.now_ns())
        clock.sleep_until(next_ns)
    return tally
