"""A value is kept back until the chip has its next conversion ready in time.

A chip that resets in the middle of a read drives DOUT high; a line whose plug comes off then keeps
its level for some microseconds and follows its pull-up: nothing in the word tells that the rest of
it is not the chip's. But such a chip does not have its next conversion ready in time.
"""

from dataclasses import replace

from drivers.conversion import Conversion, Flag
from drivers.hx711.counters import ChipCounters


class Held:
    """The latest value, good so far, while it waits for the conversion after it."""

    def __init__(self, counters: ChipCounters) -> None:
        self._counters = counters
        self._waiting: Conversion | None = None

    def keep(self, conversion: Conversion) -> None:
        """Let a good conversion wait; the one before is released by then."""
        self._waiting = conversion

    def overdue(self, now_ns: int) -> bool:
        """Whether the next conversion should have come."""
        waiting = self._waiting
        return waiting is not None and self._counters.is_gap(now_ns - waiting.ready_ns)

    def release(self, busy_ns: int, ready_ns: int) -> list[Conversion]:
        """What waited, if anything did: good if the next conversion came in time.

        That was seen not ready at `busy_ns` and ready at `ready_ns`.
        """
        waiting = self._waiting
        if waiting is None:
            return []
        late, away = self.overdue(ready_ns), not self.overdue(busy_ns)
        self._waiting = None
        if late:
            self._counters.doubtful["late" if away else "cut off"] += 1
            return [replace(waiting, flags=Flag.DESYNC)]
        self._counters.delivered += 1
        return [waiting]
