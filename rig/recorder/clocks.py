"""The clocks that the recorder is given."""

import ctypes
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from rig.recording.info import ClockAnchor

_TIMEX_BYTES: Final = 256  # more than any version of `struct timex`; all zero: only look
_CLOCK_NOT_SET: Final = 5  # adjtimex: TIME_ERROR

_libc = ctypes.CDLL(None)


class Clocks(Protocol):
    """Monotonic time, as in frames, and the wall clock."""

    def now_ns(self) -> int:
        """Monotonic nanoseconds."""

    def now_utc(self) -> datetime:
        """The wall clock's time, with its zone."""

    def is_set(self) -> bool:
        """Whether the wall clock follows a time server."""


class SystemClocks:
    """The machine's own clocks."""

    def now_ns(self) -> int:
        """Monotonic nanoseconds."""
        return time.monotonic_ns()

    def now_utc(self) -> datetime:
        """The wall clock's time in UTC."""
        return datetime.now(UTC)

    def is_set(self) -> bool:
        """What the kernel has been told by whoever keeps the clock."""
        return bool(_libc.adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)) != _CLOCK_NOT_SET)


def anchor_now(clock: Clocks) -> ClockAnchor:
    """One moment on both clocks."""
    return ClockAnchor(clock.now_ns(), clock.now_utc(), clock.is_set())


def boot_id() -> str:
    """What the monotonic clock belongs to: it starts anew with every boot."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
