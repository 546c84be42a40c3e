"""What a chip looks like from its line, and from what goes wrong with it again and again."""

from enum import Enum
from typing import Final

_SURE_AFTER: Final = 5  # doubtful reads in a row


class ChipState(Enum):
    """What a chip looks like from its line."""

    STARTING = "starting"
    RUNNING = "running"
    NOT_CONNECTED = "not connected"  # nothing drives DOUT
    STUCK_HIGH = "stuck high"  # DOUT is driven high and stays so
    STUCK_LOW = "stuck low"  # DOUT stays low: shorted to ground, or no clock reaches the chip
    SLOW = "slow"  # RATE is strapped to 10 SPS
    FAST = "fast"  # it converts faster than any chip on its own clock
    TIED = "tied"  # its data line touches another chip's


_ALWAYS: Final = {"line low": ChipState.STUCK_LOW, "early": ChipState.FAST}


class Trouble:
    """Doubts since a chip was last believed."""

    def __init__(self) -> None:
        self._doubt, self._in_a_row, self._doubts = "", 0, 0
        self._fast_ns = 0

    def doubted(self, doubt: str, period_ns: int) -> None:
        """A read was doubtful; `period_ns` after the one before, 0 if that is not known."""
        self._in_a_row = self._in_a_row + 1 if doubt == self._doubt else 1
        self._doubt, self._doubts = doubt, self._doubts + 1
        if doubt == "early":
            self._fast_ns = period_ns

    def believed(self) -> None:
        """A read was good, and the chip has settled."""
        self._doubt, self._in_a_row, self._doubts = "", 0, 0

    @property
    def lasts(self) -> bool:
        """Whether the chip was doubted several times and never believed in between."""
        return self._doubts >= _SURE_AFTER

    @property
    def state(self) -> ChipState | None:
        """What a line looks like that gives one doubt and nothing else; None if it does not."""
        return _ALWAYS.get(self._doubt) if self._in_a_row >= _SURE_AFTER else None

    @property
    def rate_sps(self) -> float:
        """Of a chip that is too fast to be read."""
        return 1e9 / self._fast_ns if self._fast_ns else 0.0
