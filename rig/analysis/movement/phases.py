"""Start, bottom and end of each repetition in a bend, from the drop of the centre of mass."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import Phase

Floats = npt.NDArray[np.float64]

_AGAIN: Final = 0.35  # a bend has risen to here between two repetitions (angle-like); provisional
_DEEP: Final = 0.60
_SHALLOW: Final = 0.25
_BOTTOM: Final = 0.97  # contract

# Times at which a minimum-jerk movement (Flash and Hogan 1985) has done 2, 25 and 60 per cent.
_U2, _U25, _U60 = 0.1353, 0.3594, 0.5538
_REACH: Final = (_U25 - _U2) / (_U60 - _U25)


@dataclass(frozen=True)
class Excursion:
    """One repetition within a bend: times in seconds, depth at `t_s` (angle-like, peak 1)."""

    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float
    peak_drop_m: float
    first: int
    last: int
    t_s: Floats
    depth: Floats

    def depth_at(self, t_s: float) -> float:
        """The share of this excursion's peak at a time."""
        return float(np.interp(t_s, self.t_s, self.depth))

    def phase_at(self, t_s: float) -> Phase:
        """The phase at a time."""
        if not self.start_s <= t_s < self.end_s:
            return "standing"
        if t_s < self.bottom_start_s:
            return "eccentric"
        return "bottom" if t_s < self.bottom_end_s else "concentric"


def rise_end(height: Floats) -> float:
    """Index at which the way up from the lowest point ends, extended as a repetition's end is.

    Infinite while the way up is less than half done.
    """
    low = int(np.argmin(height))
    depth = np.sqrt(np.maximum(-height[low:], 0.0) / -height[low])
    below60, below25 = ((depth < level).nonzero()[0] for level in (_DEEP, _SHALLOW))
    if not len(below60):
        return np.inf
    up60 = int(below60[0])
    up25 = int(below25[0]) if len(below25) else len(depth)
    return low + up25 + _REACH * (up25 - up60)


def excursions(t_s: Floats, drop_m: Floats) -> list[Excursion]:
    """The repetitions of a bend, in order.

    Depth is the square root of the drop over its peak: the drop of a leaning body goes with the
    square of its angle, so the root goes with the angle.
    """
    whole = np.sqrt(drop_m / drop_m.max())
    return [_excursion(t_s, drop_m, low, high) for low, high in _split(whole)]


def _split(depth: Floats) -> list[tuple[int, int]]:
    """Index ranges, each deeper than `_DEEP` somewhere and parted by less than `_AGAIN`."""
    ranges = []
    start, deep = 0, False
    for index, value in enumerate(depth.tolist()):
        if value >= _DEEP:
            deep = True
        elif value < _AGAIN and deep:
            ranges.append((start, index))
            start, deep = index, False
    if deep:
        ranges.append((start, len(depth)))
    elif ranges:
        ranges[-1] = (ranges[-1][0], len(depth))
    return [_trim(depth, *ends, first=not n) for n, ends in enumerate(ranges)]


def _trim(depth: Floats, low: int, high: int, *, first: bool) -> tuple[int, int]:
    """Begin a later repetition at the highest point before it."""
    if first:
        return low, high
    peak = low + int(np.argmax(depth[low:high]))
    return low + int(np.argmin(depth[low : peak + 1])), high


def _excursion(t_s: Floats, drop_m: Floats, low: int, high: int) -> Excursion:
    t, drop = t_s[low:high], drop_m[low:high]
    peak = int(np.argmax(drop))
    depth = np.sqrt(drop / drop[peak])
    bottom = np.flatnonzero(depth > _BOTTOM)
    down25, down60 = (_last_below(t, depth, level, peak) for level in (_SHALLOW, _DEEP))
    up60, up25 = (_first_below(t, depth, level, peak) for level in (_DEEP, _SHALLOW))
    return Excursion(
        start_s=max(float(t_s[0]), down25 - _REACH * (down60 - down25)),
        bottom_start_s=float(t[bottom[0]]),
        bottom_end_s=float(t[bottom[-1]]),
        end_s=min(float(t_s[-1]), up25 + _REACH * (up25 - up60)),
        peak_drop_m=float(drop[peak]),
        first=low,
        last=high,
        t_s=t,
        depth=depth,
    )


def _last_below(t: Floats, depth: Floats, level: float, peak: int) -> float:
    below = np.flatnonzero(depth[: peak + 1] < level)
    return float(t[below[-1]]) if len(below) else float(t[0])


def _first_below(t: Floats, depth: Floats, level: float, peak: int) -> float:
    below = np.flatnonzero(depth[peak:] < level)
    return float(t[peak + below[0]]) if len(below) else float(t[-1])
