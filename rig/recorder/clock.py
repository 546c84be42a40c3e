"""The clocks that the recorder is given."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from rig.recording.info import ClockAnchor


class Clock(Protocol):
    """Monotonic time, as in frames, and the wall clock."""

    def now_ns(self) -> int:
        """Monotonic nanoseconds."""

    def now_utc(self) -> datetime:
        """The wall clock's time, with its zone."""


class SystemClock:
    """The machine's own clocks."""

    def now_ns(self) -> int:
        """Monotonic nanoseconds."""
        return time.monotonic_ns()

    def now_utc(self) -> datetime:
        """The wall clock's time in UTC."""
        return datetime.now(UTC)


def anchor_now(clock: Clock) -> ClockAnchor:
    """One moment on both clocks."""
    return ClockAnchor(clock.now_ns(), clock.now_utc())


def boot_id() -> str:
    """What the monotonic clock belongs to: it starts anew with every boot."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
