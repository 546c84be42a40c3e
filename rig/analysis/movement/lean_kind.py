"""What a bend was, from how far the trunk leant and how far the body came down.

A hinge leans far for the height it loses, a knee bend loses height with an upright trunk. A body
that only leans loses height with 1 - cos of the angle; hinges with soft knees come to 0.1 to 0.45 m
of it, squats to more than 1 m (simulated bodies of four constructions; *provisional*).
"""

import math
from typing import Final

from rig.analysis.lean_settings import LeanSettings

_MOST_ODDS: Final = 12.0
_HINGE_M: Final = 0.24
_UNKNOWN: Final = 0.05  # without a drop


def squat_by_lean(peak_deg: float, drop_m: float, settings: LeanSettings) -> float:
    """How likely a bend to this inclination with this drop (NaN: not known) is of the knees."""
    if not math.isfinite(drop_m):
        return _UNKNOWN
    if drop_m < settings.squat_drop_m:
        return _UNKNOWN / 5
    leant = 1 - math.cos(math.radians(max(peak_deg, settings.straight_deg)))
    odds = settings.squat_steep * math.log(drop_m / leant / settings.squat_m)
    return 1 / (1 + math.exp(-max(-_MOST_ODDS, min(_MOST_ODDS, odds))))


def usual_drop_of(peak_deg: float) -> float:
    """How far (m) a hinge to this inclination usually comes down, where the plates do not tell."""
    return _HINGE_M * (1 - math.cos(math.radians(peak_deg)))


class LeanScale:
    """How far one person usually leans: `usual_deg`, or the deepest yet; 0 is not known.

    What was reached after the tailbone's contact had gone was reached by the spine, so it is no
    measure of the others; a part of it counts all the same, since pads fail.
    """

    def __init__(self, settings: LeanSettings, usual_deg: float) -> None:
        self._settings = settings
        self._known = usual_deg > 0
        self._usual_deg = usual_deg

    def note(self, peak_deg: float, usable_deg: float) -> None:
        """A bend so deep was done, `usable_deg` of it with the tailbone on the dowel."""
        if not self._known:
            counts = max(usable_deg, self._settings.spine_share * peak_deg)
            self._usual_deg = max(self._usual_deg, counts)

    def depth(self, peak_deg: float) -> float:
        """Depth of a bend, 1 as deep as usual."""
        return peak_deg / (self._usual_deg or peak_deg)

    def judged(self, peak_deg: float) -> float:
        """Depth as the kind goes by: the deepest is a little deeper than usual."""
        depth = self.depth(peak_deg)
        return depth if self._known else depth / self._settings.deepest_share
