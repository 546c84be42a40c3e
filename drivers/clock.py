"""The clock that drivers are given: monotonic nanoseconds and a sleep."""

import time
from typing import Protocol


class Clock(Protocol):
    """A monotonic clock; a simulated one may run faster than time or stand still."""

    def now_ns(self) -> int:
        """Monotonic nanoseconds."""

    def sleep_until(self, t_ns: int) -> None:
        """Return at `t_ns` or shortly after; at once if that is past."""


class SystemClock:
    """The machine's own monotonic clock."""

    def __init__(self) -> None:
        self.now_ns = time.monotonic_ns  # bound directly: it is called at every pulse

    def sleep_until(self, t_ns: int) -> None:
        """Sleep in the kernel until `t_ns`."""
        left = t_ns - time.monotonic_ns()
        if left > 0:
            time.sleep(left * 1e-9)
