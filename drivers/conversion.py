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
    ABSENT = 128  # there is no such channel: a recording without the dowel's pads
    JUMP = 256  # no body moves like this: told by the analysis from the conversion after it


GOOD = Flag(0)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A chip's raw counts with the time bracket in which the conversion ended.

    It was seen not ready at `busy_ns`, ready at `ready_ns`, and its last bit was in at `read_ns`,
    all on the injected monotonic clock. A sensor that measures several things at once gives
    `values` in SI units instead of `counts`.
    """

    counts: int
    busy_ns: int
    ready_ns: int
    read_ns: int
    flags: Flag = GOOD
    values: tuple[float, ...] = ()

    @property
    def t_ns(self) -> int:
        """The conversion's own time: the middle of the bracket."""
        return (self.busy_ns + self.ready_ns) // 2

    @property
    def good(self) -> bool:
        """True where the counts may be used."""
        return not self.flags
