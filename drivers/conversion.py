"""One conversion of one chip, and what may be wrong with it."""

from dataclasses import dataclass
from enum import IntFlag


class Flag(IntFlag):
    """Why a conversion must not be used, or that there is none."""

    SATURATED = 1  # at either end of the converter's range
    DESYNC = 2  # the read's bits cannot be trusted
    SETTLING = 4  # the chip has not settled since it woke up
    TIMEOUT = 8  # the chip or its bus has not answered in time
    OPEN = 16  # a pad's wire is broken
    SHORT = 32  # a pad's wire touches the supply
    NONE = 64  # no new conversion in this tick


GOOD = Flag(0)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A chip's raw counts with the time bracket in which the value was taken.

    `ready_ns` is when data was first seen ready, `read_ns` when the last bit was in; both on the
    injected monotonic clock. The value belongs to the end of the conversion, at or shortly
    before `ready_ns`.
    """

    counts: int
    ready_ns: int
    read_ns: int
    flags: Flag = GOOD

    @property
    def good(self) -> bool:
        """True where the counts may be used."""
        return not self.flags
