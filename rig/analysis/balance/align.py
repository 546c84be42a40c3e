"""Bring conversions of chips on their own clocks onto the frame's time.

A chip's value is carried forward along the line through its last two good conversions. Against
holding the last value this takes the lag of up to one conversion period out of fast movements;
against waiting for the next conversion it costs no latency.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_NEVER: Final = np.int64(-(10**18))
_LONGEST_STEP_NS: Final = 40_000_000  # provisional: two conversions further apart give no slope
_LONGEST_REACH_NS: Final = 20_000_000  # provisional: how far the line is carried on


class _LastTwo(NamedTuple):
    """Times and values of the last good conversion but one and of the last, (..., channels)."""

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
        self._stale_ns = stale_ns
        self._reach_ns = np.where(follows, _LONGEST_REACH_NS, 0)
        never, nothing = np.full(channels, _NEVER, np.int64), np.full(channels, np.nan)
        self._last = _LastTwo(never, nothing, never, nothing)

    def feed(self, frame_t: Times, t: Times, value: Floats, good: Mask) -> Floats:
        """Values at `frame_t` (n,), from conversions (n, channels); NaN where none is fresh."""
        t0, v0, t1, v1 = self._last_two(t, value, good)
        self._last = _LastTwo(t0[-1], v0[-1], t1[-1], v1[-1])
        age = frame_t[:, None] - t1
        reach = np.minimum(np.maximum(age, 0), self._reach_ns)
        carried = v1 + _slope(t1 - t0, v1 - v0) * reach
        return np.where(age <= self._stale_ns, carried, np.nan)

    def _last_two(self, t: Times, value: Floats, good: Mask) -> _LastTwo:
        """Of each frame and channel; a block of one, as live, is answered without searching."""
        last = self._last
        if len(good) == 1:
            return _LastTwo(
                np.where(good, last.t1, last.t0),
                np.where(good, last.v1, last.v0),
                np.where(good, t, last.t1),
                np.where(good, value, last.v1),
            )
        times = np.concatenate([last.t0[None], last.t1[None], t])
        values = np.concatenate([last.v0[None], last.v1[None], value])
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


def _slope(dt_ns: Times, dv: Floats) -> Floats:
    """Change per nanosecond; 0 where the two conversions are too far apart to tell."""
    known = (dt_ns > 0) & (dt_ns <= _LONGEST_STEP_NS)
    return np.where(known, dv / np.where(known, dt_ns, 1), 0.0)
