"""The chip's counter on our clock: its oscillator is off by some per cent, and drifts."""

from collections import deque
from typing import Final

from drivers.lsm6ds.timing import TICK_NS, WIDEST_LOOK_NS

_LOOKS: Final = 24  # six seconds, when they come every 250 ms
_ENOUGH_TICKS: Final = 2_000  # 50 ms: a look that is off by 0.1 ms makes 0.2 % of it

_FAR_NS: Final = 2_000_000  # provisional: preempted looks are off by half of this
_MOST_MISSES: Final = 3
_MOST_OFF: Final = 0.2  # provisional: no oscillator is off by so much


class ClockMap:
    """A straight line through the last looks at the counter, which begins again at `modulus`."""

    def __init__(self, modulus: int) -> None:
        self._modulus = modulus
        self._looks: deque[tuple[int, float]] = deque(maxlen=_LOOKS)
        self._last_ticks = self._misses = 0
        self._middle_ticks = self._middle_ns = 0.0
        self.tick_ns = float(TICK_NS)

    @property
    def known(self) -> bool:
        """Whether there were looks enough to tell times by."""
        return self.span_ns > _ENOUGH_TICKS * TICK_NS

    @property
    def span_ns(self) -> int:
        """How long the line is, nominally."""
        return (self._looks[-1][0] - self._looks[0][0]) * TICK_NS if self._looks else 0

    @property
    def fast_ppm(self) -> float:
        """How much faster than nominal the chip's clock goes."""
        return (TICK_NS / self.tick_ns - 1) * 1e6

    def saw(self, ticks: int, before_ns: int, after_ns: int) -> bool:
        """The counter was read between two moments; not used where they lie far apart.

        False where it is far from the line: garbled, or, the third time, the line is wrong.
        """
        if after_ns - before_ns > WIDEST_LOOK_NS:
            return True
        middle_ns = (before_ns + after_ns) / 2
        if self.known and abs(self.time_ns(ticks) - middle_ns) > _FAR_NS:
            self._misses += 1
            if self._misses == _MOST_MISSES:
                self._forget()
            return False
        self._misses = 0
        self._last_ticks = self._whole(ticks)
        self._looks.append((self._last_ticks, middle_ns))
        self._fit()
        return True

    def _forget(self) -> None:
        self._looks.clear()
        self._misses, self.tick_ns = 0, float(TICK_NS)

    def time_ns(self, ticks: int) -> int:
        """When the counter showed `ticks`; right within half of its range."""
        return round(self._middle_ns + (self._whole(ticks) - self._middle_ticks) * self.tick_ns)

    def _whole(self, ticks: int) -> int:
        """Ticks since the first look, as if the counter never began again."""
        half = self._modulus // 2
        return self._last_ticks + (ticks - self._last_ticks + half) % self._modulus - half

    def _fit(self) -> None:
        """Least squares; the line goes through the mean of the looks."""
        count = len(self._looks)
        first_ticks, first_ns = self._looks[0]
        ticks = [look - first_ticks for look, _ in self._looks]
        times = [look_ns - first_ns for _, look_ns in self._looks]
        mean_ticks, mean_ns = sum(ticks) / count, sum(times) / count
        self._middle_ticks, self._middle_ns = first_ticks + mean_ticks, first_ns + mean_ns
        if not self.known:
            return
        spread = sum((one - mean_ticks) ** 2 for one in ticks)
        along = sum(
            (one - mean_ticks) * (at - mean_ns) for one, at in zip(ticks, times, strict=True)
        )
        self.tick_ns = along / spread
        if abs(self.tick_ns / TICK_NS - 1) > _MOST_OFF:
            self._forget()
