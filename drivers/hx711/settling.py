"""How long a chip that was woken up is not to be believed."""

from drivers.hx711.counters import ChipCounters
from drivers.hx711.timing import SETTLE_NS, SETTLE_PERIODS, SLOW_GAP_NS, SLOW_SETTLE_NS


class Settling:
    """Follows one chip from `woken` through its reads; uses its period once that is known."""

    def __init__(self, counters: ChipCounters) -> None:
        self._counters = counters
        self.woken(0, gain_sure=False)

    def woken(self, edge_ns: int, *, gain_sure: bool) -> None:
        """The edge that wakes the chip up is past at `edge_ns`.

        Unless its gain is sure the first read sets it, and settling begins there.
        """
        self._from_ns = self._heard_ns = edge_ns
        self._read_before = False
        self._for_ns = self._usual_ns()
        self._gain_sure = gain_sure

    def goes_on(self, busy_ns: int, ready_ns: int, end_ns: int) -> bool:
        """Whether a conversion that ended after `busy_ns` may have ended before the chip settled.

        It was seen ready at `ready_ns`; its read ended at `end_ns`. After a gap it begins again.
        """
        gap = self._read_before and self._counters.is_gap(busy_ns - self._heard_ns)
        if gap or not self._gain_sure:
            self._from_ns = end_ns
        self._read_before = self._gain_sure = True
        if ready_ns - self._heard_ns > SLOW_GAP_NS:
            self._for_ns = SLOW_SETTLE_NS
        self._heard_ns = ready_ns
        return busy_ns < self._from_ns + self._for_ns

    def _usual_ns(self) -> int:
        if not self._counters.period_known:
            return SETTLE_NS
        return min(SETTLE_NS, round(SETTLE_PERIODS * self._counters.period_ns))
