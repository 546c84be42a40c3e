"""Virtual time: it moves when someone sleeps or a simulated call takes time."""


class VirtualClock:
    """A clock that stands still unless it is moved; starts at `start_ns`."""

    def __init__(self, start_ns: int = 1_000_000_000) -> None:
        self._t_ns = start_ns

    def now_ns(self) -> int:
        """The virtual time."""
        return self._t_ns

    def advance(self, ns: int) -> None:
        """Let time pass."""
        self._t_ns += ns

    def sleep_until(self, t_ns: int) -> None:
        """Jump to `t_ns` if it is ahead."""
        self._t_ns = max(self._t_ns, t_ns)
