"""The hip hinge with the dowel and a weight in the hands: guided as the hinge without."""

from dataclasses import replace
from typing import Final

from rig.drills.drill import Drill
from rig.drills.hinge import HINGE

WEIGHTED_HINGE: Final[Drill] = replace(HINGE, name="weighted-hinge")
