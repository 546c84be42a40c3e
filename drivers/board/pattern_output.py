"""An output that is on, off or plays a pattern: an active buzzer or an LED."""

from collections.abc import Sequence

from drivers.pins import Pins

Pattern = Sequence[int]
"""Milliseconds on, off, on, … from the first; empty is off."""


class PatternOutput:
    """One output pin, set by `step` only when its level changes; nothing ever waits."""

    def __init__(self, pins: Pins, pin: int) -> None:
        self._pins, self._pin = pins, pin
        self._ends_ns: list[int] = []
        self._period_ns = 0
        self._start_ns = 0
        self._level = 0
        pins.claim_outputs([pin], 0)

    def play(self, pattern: Pattern, now_ns: int, *, repeat: bool = False) -> None:
        """Begin a pattern now, in place of what is playing."""
        self._ends_ns, end_ns = [], 0
        for length_ms in pattern:
            end_ns += length_ms * 1_000_000
            self._ends_ns.append(end_ns)
        self._period_ns = end_ns if repeat else 0
        self._start_ns = now_ns

    def step(self, now_ns: int) -> None:
        """Bring the pin to what the pattern says for now."""
        level = self._wanted(now_ns)
        if level != self._level:
            self._pins.write(self._pin, level)
            self._level = level

    def _wanted(self, now_ns: int) -> int:
        into_ns = now_ns - self._start_ns
        if self._period_ns:
            into_ns %= self._period_ns
        for number, end_ns in enumerate(self._ends_ns):
            if into_ns < end_ns:
                return 1 - number % 2
        return 0
