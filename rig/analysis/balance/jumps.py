"""Single conversions that no body can make, kept out of the forces.

A conversion far from the one before it is not used until the next one agrees with it: then the
force has really changed, by a step for instance, and 12 ms were lost. If the next one is back where
the force was, it was a wrong conversion, the commonest complaint about HX711 boards. Files may
hold a conversion twice, so exactly the same value agrees only the third time.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_REPEATED: Final = 2
_NONE: Final[Mask] = np.zeros((0, 4), np.bool_)


class JumpGuard:
    """Of some channels: which conversions to use, and which were jumps. `far_n` in newtons."""

    def __init__(self, channels: int, far_n: float) -> None:
        self._far_n = far_n
        self._last = np.full(channels, np.nan)  # the last conversion that was used
        self._waiting = np.full(channels, np.nan)  # one that was not, and may turn out right
        self._waits = np.zeros(channels, np.bool_)
        self._repeats = [0] * channels  # how often that one has come again

    def feed(self, force_n: Floats, good: Mask) -> tuple[Mask, Mask]:
        """From forces (n, channels) and which are good: which to use, and which were jumps.

        A jump is marked where it is known, at the conversion after it. The first answer is `good`
        itself where there is nothing to keep out.
        """
        steady = self._steady(force_n, good)
        if steady.all():
            one = len(good) == 1
            self._last = (
                np.where(good[0], force_n[0], self._last)
                if one
                else _newest(force_n, good, self._last)
            )
            return good, _NONE
        use, jumped = good.copy(), np.zeros_like(good)
        for channel in (~steady).nonzero()[0].tolist():
            self._follow(channel, force_n[:, channel], use[:, channel], jumped[:, channel])
        calm = _newest(force_n, good, self._last)
        self._last = np.where(steady, calm, self._last)
        return use, jumped

    def _steady(self, force_n: Floats, good: Mask) -> Mask:
        """Which channels have nothing to look into."""
        if len(good) == 1:
            far = (np.abs(force_n[0] - self._last) > self._far_n) & good[0]
            calm: Mask = ~(far | self._waits)
            return calm
        steady = ~self._waits
        for channel in steady.nonzero()[0].tolist():
            values = force_n[good[:, channel], channel]
            if len(values):
                apart = np.abs(np.diff(values, prepend=_known(self._last[channel], values[0])))
                steady[channel] = not (apart > self._far_n).any()
        return steady

    def _follow(self, channel: int, force_n: Floats, use: Mask, jumped: Mask) -> None:
        """One channel with something far from what was before it."""
        last, waiting = float(self._last[channel]), float(self._waiting[channel])
        repeats, far_n = self._repeats[channel], self._far_n
        rows = use.nonzero()[0]
        for row, value in zip(rows.tolist(), force_n[rows].tolist(), strict=True):
            if not abs(value - last) > far_n:
                jumped[row] = waiting == waiting
            elif value == waiting and repeats < _REPEATED:
                repeats, use[row] = repeats + 1, False
                continue
            elif not abs(value - waiting) <= far_n:
                waiting, repeats, use[row] = value, 0, False
                continue
            last, waiting = value, math.nan
        self._last[channel], self._waiting[channel] = last, waiting
        self._repeats[channel], self._waits[channel] = repeats, waiting == waiting


def _newest(force_n: Floats, good: Mask, before: Floats) -> Floats:
    """The last good value of each channel, or what was there before."""
    row = len(good) - 1 - good[::-1].argmax(axis=0)
    newest: Floats = np.where(good.any(axis=0), force_n[row, np.arange(good.shape[1])], before)
    return newest


def _known(value: float, otherwise: float) -> float:
    return otherwise if np.isnan(value) else float(value)
