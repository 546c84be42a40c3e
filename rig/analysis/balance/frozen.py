"""Cells that repeat one value while the others go on, and cells at the end of their range."""

from typing import Final

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int32]
Times = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Values = npt.NDArray[np.int32] | npt.NDArray[np.float64]

HIGHEST: Final = 0x7FFFFF
LOWEST: Final = -0x800000
_OTHERS: Final = 2  # so many others must have moved, else a file of even numbers is frozen


def saturated(counts: Counts) -> Mask:
    """At either end of a converter of 24 bits."""
    ends: Mask = (counts >= HIGHEST) | (counts <= LOWEST)
    return ends


class FrozenWatch:
    """Says for each frame and channel whether its value has not changed for `after_ns`.

    A real converter's noise changes its value with every conversion. Whoever stands still all the
    same on a simulated platform without noise freezes every cell; that is none.
    """

    def __init__(self, channels: int, after_ns: int) -> None:
        self._after_ns = after_ns
        self._value: Values = np.zeros(channels)
        self._since: Times = np.zeros(channels, np.int64)
        self._begun = False

    def feed(self, t_ns: Times, value: Values, good: Mask) -> Mask:
        """Which are frozen, from times (n,), values (n, channels) and which to look at."""
        if not self._begun:
            self._value, self._since = value[0].copy(), np.full(value.shape[1], t_ns[0])
            self._begun = True
        before = np.concatenate([self._value[None], value])
        seen = np.concatenate([np.ones_like(good[:1]), good])
        if not good.all():
            before = _held(before, seen)
        changed = before[1:] != before[:-1]
        since = np.where(changed, t_ns[:, None], np.int64(-1))
        since = np.maximum(np.maximum.accumulate(since, axis=0), self._since)
        self._value, self._since = before[-1], since[-1]
        still = t_ns[:, None] - since >= self._after_ns
        if not still.any():
            return still
        others = (~still).sum(axis=1, keepdims=True) >= _OTHERS
        frozen: Mask = still & others
        return frozen


def _held(values: Values, seen: Mask) -> Values:
    """Each channel's last value that was seen."""
    rows = np.maximum.accumulate(np.where(seen, np.arange(len(seen))[:, None], 0), axis=0)
    held: Values = values[rows, np.arange(values.shape[1])]
    return held
