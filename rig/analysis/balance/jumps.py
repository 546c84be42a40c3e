"""Single conversions that no body can make, kept out of the forces.

A conversion that is suddenly far from the one before it is not used until the next one agrees with
it: then the force has really changed, by a step for instance, and 12 ms were lost. If the next one
is back where the force was, it was a wrong conversion, the commonest complaint about HX711 boards.
A force that is already moving fast may go on. Files may hold a conversion twice, so exactly the
same value agrees only the third time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_REPEATED: Final = 2
_GOES_ON: Final = 2.0  # a force may move on by so many times its last change
_NONE: Final[Mask] = np.zeros((0, 4), np.bool_)


@dataclass
class _Channel:
    """The last conversion that was used, its change, and one that may turn out right."""

    last: float = math.nan
    moved: float = 0.0
    waiting: float = math.nan
    repeats: int = 0

    def take(self, value: float, far_n: float) -> tuple[bool, bool]:
        """Whether to use the next conversion, and whether the one before it was a jump."""
        waits = self.waiting == self.waiting
        if not abs(value - self.last) > far_n + _GOES_ON * self.moved:
            self._use(value)
            return True, waits
        if waits and value == self.waiting and self.repeats < _REPEATED:
            self.repeats += 1
            return False, False
        if abs(value - self.waiting) <= far_n:
            self._use(value)
            return True, False
        self.waiting, self.repeats = value, 0
        return False, False

    def calm(self, values: Floats, far_n: float) -> bool:
        """Take many conversions at once, if none of them is far from the one before it."""
        if not len(values):
            return True
        steps = np.diff(values, prepend=values[0] if self.last != self.last else self.last)
        apart = np.abs(steps)
        if self.waiting == self.waiting or (apart > far_n).any():
            return False
        changes = apart.nonzero()[0]
        if len(changes):
            self.moved = float(apart[changes[-1]])
        self.last = float(values[-1])
        return True

    def _use(self, value: float) -> None:
        if value != self.last:
            self.moved = abs(value - self.last) if self.last == self.last else 0.0
        self.last, self.waiting = value, math.nan


class JumpGuard:
    """Of some channels: which conversions to use, and which were jumps. `far_n` in newtons."""

    def __init__(self, channels: int, far_n: float) -> None:
        self._far_n = far_n
        self._channels = [_Channel() for _ in range(channels)]

    def feed(self, force_n: Floats, good: Mask) -> tuple[Mask, Mask]:
        """From forces (n, channels) and which are good: which to use, and which were jumps.

        A jump is marked where it is known, at the conversion after it. The first answer is `good`
        itself where there is nothing to keep out.
        """
        use, jumped = good, _NONE
        for n, taken in enumerate(self._taken(force_n, good)):
            if all(used for used, _ in taken) and not any(jump for _, jump in taken):
                continue
            if use is good:
                use, jumped = good.copy(), np.zeros_like(good)
            rows = good[:, n].nonzero()[0]
            use[rows, n], jumped[rows, n] = zip(*taken, strict=True)
        return use, jumped

    def _taken(self, force_n: Floats, good: Mask) -> Iterator[list[tuple[bool, bool]]]:
        """For each channel what `take` said of each good conversion; nothing if all are calm."""
        far_n = self._far_n
        if len(good) == 1:
            values = zip(self._channels, force_n[0].tolist(), good[0].tolist(), strict=True)
            for channel, value, is_good in values:
                yield [channel.take(value, far_n)] if is_good else []
            return
        for n, channel in enumerate(self._channels):
            some = force_n[good[:, n], n]
            calm = channel.calm(some, far_n)
            yield [] if calm else [channel.take(value, far_n) for value in some.tolist()]
