"""Mean and spread over the last so many frames."""

import math
from collections import deque


class Window:
    """The last `size` values; `full` once that many came since the last `clear`."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: deque[float] = deque(maxlen=size)

    def push(self, value: float) -> None:
        """Take the next value."""
        self._values.append(value)

    def clear(self) -> None:
        """Start anew."""
        self._values.clear()

    @property
    def full(self) -> bool:
        """True once the window is filled."""
        return len(self._values) == self._size

    def mean(self) -> float:
        """Arithmetic mean, exactly rounded, so that no history is in it."""
        return math.fsum(self._values) / len(self._values)

    def drift(self) -> float:
        """Mean of the newer half minus mean of the older half."""
        values = list(self._values)
        half = len(values) // 2
        return (math.fsum(values[-half:]) - math.fsum(values[:half])) / half

    def sd(self) -> float:
        """Standard deviation (n)."""
        mean = self.mean()
        return math.sqrt(math.fsum([(v - mean) ** 2 for v in self._values]) / len(self._values))
