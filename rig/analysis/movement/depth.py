"""How deep a bend was, like an angle: 0 standing, 1 the person's usual bottom.

The drop of a leaning body's centre of mass goes with the square of its angle. A bend from the waist
is another matter: the hips stay and the trunk's upper part alone comes down, so the drop is about a
third of that of a hinge with as steep a back (simulated bodies: 0.2 to 0.5). The load on the toes
with the dowel off the tailbone tells it. How steep it was is then uncertain, so it is partial.
"""

import math

from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import Steps
from rig.analysis.settings import RepetitionSettings
from rig.names import PADS

_TAILBONE = PADS.index("tailbone")


class DepthScale:
    """Knows how far one person usually comes down: `usual_drop_m`, or the deepest yet."""

    def __init__(self, settings: RepetitionSettings, usual_drop_m: float) -> None:
        self._settings = settings
        self._known = usual_drop_m > 0
        self._usual_m = usual_drop_m

    def note(self, drop_m: float) -> None:
        """A bend of this depth was done."""
        if not self._known:
            self._usual_m = max(self._usual_m, drop_m)

    def by_drop(self, drop_m: float) -> float:
        """Depth as of a hinge."""
        return math.sqrt(drop_m / (self._usual_m or drop_m))

    def depth(self, drop_m: float, inside: Steps, stance: Stance) -> float:
        """Depth of a bend with these steps."""
        plain = self.by_drop(drop_m)
        s = self._settings
        if plain >= s.waist_most or not self._from_the_waist(inside, stance):
            return plain
        return min(plain / math.sqrt(s.waist_drop), s.waist_most)

    def _from_the_waist(self, inside: Steps, stance: Stance) -> bool:
        s = self._settings
        if stance.heel_share - float(inside["heel_share"].mean()) < s.waist_toes:
            return False
        known = inside["pads_valid"][:, _TAILBONE]
        return not known.any() or inside["touch"][known, _TAILBONE].mean() < s.waist_tailbone
