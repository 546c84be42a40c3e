"""Keeps an eye on the wall clock: when it is set, sessions of this boot get their true times.

Within a session only the monotonic clock counts, so that no jump of the wall clock can tear one.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from rig.recorder.clocks import Clocks, anchor_now
from rig.recording.info import ClockAnchor

_JUMP: Final = timedelta(seconds=2)
_SHOWN_NS: Final = 60_000_000_000


class Timekeeper:
    """`look` once a second; `on_set` gets the anchor once the clock follows a time server."""

    def __init__(self, clock: Clocks, on_set: Callable[[ClockAnchor], None]) -> None:
        self._clock, self._on_set = clock, on_set
        self._last = anchor_now(clock)
        self._told_set = False
        self._jump = ""
        self._jumped_ns = 0

    def look(self) -> None:
        """Compare the clocks with the last time that they were looked at."""
        now = anchor_now(self._clock)
        by = now.utc - self._last.utc_of(now.t_ns)
        if abs(by) > _JUMP:
            way = "back" if by < timedelta() else "forward"
            self._jump = f"the clock was set {way} by {abs(by)}: new sessions have the new time"
            self._jumped_ns = now.t_ns
        self._last = now
        if now.is_set and not self._told_set:
            self._told_set = True
            self._on_set(now)

    @property
    def problems(self) -> list[str]:
        """A jump, for a minute."""
        shown = self._jump and self._last.t_ns - self._jumped_ns < _SHOWN_NS
        return [self._jump] if shown else []
