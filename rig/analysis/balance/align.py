"""Bring conversions of chips on their own clocks onto the frame's time.

A chip's value is carried forward along the line through its last two good conversions. Against
holding the last value this takes the lag of up to two conversion periods out of fast movements: an
HX711's driver gives a value when the next one is ready.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_NEVER: Final = np.int64(-(10**18))
# Arrays, for a plain number is made one anew in every call.
_NOW: Final = np.array(0)
_LONGEST_STEP_NS: Final = np.array(40_000_000)  # provisional: further apart, there is no slope
_LONGEST_REACH_NS: Final = 25_000_000  # provisional: how far the line is carried on


class _LastTwo(NamedTuple):
    """Times and values of the last good conversion but one and of the last, (n, channels)."""

    t0: Times
    v0: Floats
    t1: Times
    v1: Floats


class Aligner:
    """Carries the values of channels forward to each frame's time.

    `follows` says for each channel whether its slope is followed, or its last value held, as for
    channels sampled at the frame's rate.
    """

    def __init__(self, follows: Sequence[bool], stale_ns: int) -> None:
        channels = len(follows)
        self._stale_ns = np.array(stale_ns)
        self._reach_ns = np.where([follows], _LONGEST_REACH_NS, 0)
        times, values = np.full((2, 1, channels), _NEVER), np.full((2, 1, channels), np.nan)
        self._last = _LastTwo(times[0], values[0], times[1], values[1])

    def feed(self, frame_t: Times, t: Times, value: Floats, good: Mask) -> Floats:
        """Values at `frame_t` (n,), from conversions (n, channels); NaN where none is fresh."""
        if len(good) == 1:
            last = self._one_more(t, value, good)
        else:
            last = self._last_two(t, value, good)
            self._last = _LastTwo(last.t0[-1:], last.v0[-1:], last.t1[-1:], last.v1[-1:])
        age = frame_t[:, None] - last.t1
        carried = _slope(last)
        carried *= np.minimum(np.maximum(age, _NOW), self._reach_ns).astype(np.float64)
        carried += last.v1
        carried[age > self._stale_ns] = np.nan
        return carried

    def _one_more(self, t: Times, value: Floats, good: Mask) -> _LastTwo:
        """A block of one, as live: nothing to search, the state itself moves on."""
        last = self._last
        np.copyto(last.t0, last.t1, where=good)
        np.copyto(last.v0, last.v1, where=good)
        np.copyto(last.t1, t, where=good)
        np.copyto(last.v1, value, where=good)
        return last

    def _last_two(self, t: Times, value: Floats, good: Mask) -> _LastTwo:
        """Of each frame and channel of a block, found by searching."""
        last = self._last
        times = np.concatenate([last.t0, last.t1, t])
        values = np.concatenate([last.v0, last.v1, value])
        newest, before = _rows_of_last_two(good)
        columns = np.arange(times.shape[1])
        return _LastTwo(
            times[before, columns],
            values[before, columns],
            times[newest, columns],
            values[newest, columns],
        )


def _rows_of_last_two(good: Mask) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Row numbers of the newest good value and of the one before it, per frame and channel.

    Rows 0 and 1 are the carried-over ones, so frame n is row n + 2.
    """
    rows = np.arange(2, good.shape[0] + 2)[:, None]
    newest = np.maximum.accumulate(np.where(good, rows, 1), axis=0)
    earlier = np.concatenate([np.ones_like(newest[:1]), newest[:-1]])
    before_each = np.concatenate([np.zeros_like(newest[:1]), np.zeros_like(newest[:1]), earlier])
    return newest, before_each[newest, np.arange(good.shape[1])]


def _slope(last: _LastTwo) -> Floats:
    """Change per nanosecond; 0 where the two conversions are too far apart to tell."""
    dt_ns = last.t1 - last.t0
    slope = np.zeros(dt_ns.shape)
    known = (dt_ns > _NOW) & (dt_ns <= _LONGEST_STEP_NS)
    return np.divide(last.v1 - last.v0, dt_ns.astype(np.float64), out=slope, where=known)
