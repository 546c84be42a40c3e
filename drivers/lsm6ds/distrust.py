"""When what is read may be garbled where no check sees it, because it was where one does."""

from drivers.lsm6ds.timing import DISTRUST_NS, DOUBTS_WITHIN_NS

_NEVER = -(10**18)


class Distrust:
    """Two doubts in a short time are the cable's: nothing is believed until it was calm."""

    def __init__(self) -> None:
        self._last_ns = self._until_ns = _NEVER

    def doubt(self, now_ns: int) -> None:
        """What was read made no sense."""
        if now_ns - self._last_ns < DOUBTS_WITHIN_NS:
            self._until_ns = now_ns + DISTRUST_NS
        self._last_ns = now_ns

    def holds(self, now_ns: int) -> bool:
        """Whether samples are flagged however good they look."""
        return now_ns < self._until_ns
