"""Cells that repeat one value while the others go on, and cells at the end of their range."""

import math
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
        self._value: list[float] = [math.nan] * channels
        self._since = [0] * channels
        self._none = np.zeros((1, channels), np.bool_)

    def feed(self, t_ns: Times, value: Values, good: Mask) -> Mask:
        """Which are frozen, from times (n,), values (n, channels) and which to look at."""
        if len(t_ns) == 1:
            return self._one(int(t_ns[0]), value[0].tolist(), good[0].tolist())
        seen = np.concatenate([np.ones_like(good[:1]), good])
        held = _held(np.concatenate([[self._value], value]), seen)
        changed = held[1:] != held[:-1]
        since = np.maximum.accumulate(np.where(changed, t_ns[:, None], self._since), axis=0)
        self._value, self._since = held[-1].tolist(), since[-1].tolist()
        return self._frozen(t_ns[:, None] - since >= self._after_ns)

    def _one(self, t_ns: int, value: list[float], good: list[bool]) -> Mask:
        """A single frame, as live."""
        for n, (now, before, seen) in enumerate(zip(value, self._value, good, strict=True)):
            if (seen and now != before) or before != before:
                self._value[n], self._since[n] = now if seen else before, t_ns
        still = [t_ns - since >= self._after_ns for since in self._since]
        return self._frozen(np.array([still])) if any(still) else self._none

    def _frozen(self, still: Mask) -> Mask:
        """Of channels that have not changed: those beside enough that have."""
        others = (~still).sum(axis=1, keepdims=True) >= _OTHERS
        frozen: Mask = still & others
        return frozen


def _held(values: Values, seen: Mask) -> Values:
    """Each channel's last value that was seen."""
    rows = np.maximum.accumulate(np.where(seen, np.arange(len(seen))[:, None], 0), axis=0)
    held: Values = values[rows, np.arange(values.shape[1])]
    return held
