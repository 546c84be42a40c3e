"""What takes time in a simulated call: the call itself, and now and then another process."""

import random

from drivers.clock import Clock


class Preemption:
    """Spends `call_ns` a call (0 in real time), and is preempted `rate_hz` times a second.

    Preemptions last between `shortest_ns` and `longest_ns` and strike wherever they fall, in the
    middle of a clock pulse too.
    """

    def __init__(
        self,
        clock: Clock,
        call_ns: int,
        rate_hz: float = 0.0,
        *,
        shortest_ns: int = 20_000,
        longest_ns: int = 500_000,
        seed: int = 0,
    ) -> None:
        self._clock, self._call_ns, self._rate_hz = clock, call_ns, rate_hz
        self._span = shortest_ns, longest_ns
        self._random = random.Random(seed)
        self._next_ns = self._draw(clock.now_ns())

    def __call__(self) -> None:
        """Let the call's time pass."""
        if self._call_ns:
            self._pass(self._call_ns)
        while self._clock.now_ns() >= self._next_ns:
            self._pass(round(self._random.uniform(*self._span)))
            self._next_ns = self._draw(self._clock.now_ns())

    def _pass(self, ns: int) -> None:
        self._clock.sleep_until(self._clock.now_ns() + ns)

    def _draw(self, from_ns: int) -> float:
        if not self._rate_hz:
            return float("inf")
        return from_ns + self._random.expovariate(self._rate_hz) * 1e9
