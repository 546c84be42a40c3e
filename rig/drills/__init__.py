"""Drills as tables: when to say what, and how long each step of the flow takes. Pure."""

from collections.abc import Mapping
from typing import Final

from rig.drills.drill import CueRule, Drill
from rig.drills.hinge import HINGE
from rig.drills.weighted_hinge import WEIGHTED_HINGE

__all__ = ["DRILLS", "HINGE", "CueRule", "Drill", "find_drill"]

DRILLS: Final[Mapping[str, Drill]] = {drill.name: drill for drill in (HINGE, WEIGHTED_HINGE)}
"""Every drill that has a table, by name."""


def find_drill(name: str) -> Drill:
    """The table of a drill; one that has none of its own is guided like the dowel hinge."""
    return DRILLS.get(name, HINGE)
