"""Start, bottom and end of a repetition, from the drop of the centre of mass over a bend."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import Phase

Floats = npt.NDArray[np.float64]

_BOTTOM: Final = 0.97  # contract
_DEEP, _SHALLOW = 0.60, 0.25  # of the peak, angle-like: well above what noise does to the drop

# Times at which a minimum-jerk movement (Flash and Hogan 1985) has done some per cent.
_TIME: Final = {0.02: 0.1353, 0.10: 0.2466, 0.25: 0.3594, 0.35: 0.4185, 0.60: 0.5538}


@dataclass(frozen=True)
class Excursion:
    """Times in seconds; depth at `t_s` is angle-like, its peak 1."""

    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float
    peak_drop_m: float
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


def excursion(
    t_s: Floats, drop_m: Floats, shallow: float = _SHALLOW, deep: float = _DEEP
) -> Excursion:
    """The excursion in a bend, from its drop (m, >= 0, positive somewhere) at times in seconds.

    Depth is the square root of the drop over its peak: the drop of a leaning body goes with the
    square of its angle, so the root goes with the angle. Where it passes 2 % is lost in what a
    weight can be wrong by, so start and end are reached from two higher shares of the peak.
    """
    reach = (_TIME[shallow] - _TIME[0.02]) / (_TIME[deep] - _TIME[shallow])
    peak = int(drop_m.argmax())
    depth = np.sqrt(drop_m / drop_m[peak])
    bottom = (depth > _BOTTOM).nonzero()[0]
    down25, down60 = (_crossing(t_s, depth, level, peak, -1) for level in (shallow, deep))
    up25, up60 = (_crossing(t_s, depth, level, peak, 1) for level in (shallow, deep))
    return Excursion(
        start_s=max(float(t_s[0]), down25 - reach * (down60 - down25)),
        bottom_start_s=float(t_s[bottom[0]]),
        bottom_end_s=float(t_s[bottom[-1]]),
        end_s=min(float(t_s[-1]), up25 + reach * (up25 - up60)),
        peak_drop_m=float(drop_m[peak]),
        t_s=t_s,
        depth=depth,
    )


def _crossing(t_s: Floats, depth: Floats, level: float, peak: int, way: int) -> float:
    """When depth passes a level, the last time before the peak (-1) or first after it (1)."""
    side = slice(peak, None, way)
    below = (depth[side] < level).nonzero()[0]
    if not len(below):
        return float(t_s[side][-1])
    n = int(below[0])
    d, t = depth[side], t_s[side]
    share = (d[n - 1] - level) / (d[n - 1] - d[n])
    return float(t[n - 1] + share * (t[n] - t[n - 1]))
