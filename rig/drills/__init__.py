"""Drills as tables: when to say what, and how long each step of the flow takes. Pure."""

from rig.drills.drill import CueRule, Drill
from rig.drills.hinge import HINGE

__all__ = ["HINGE", "CueRule", "Drill", "find_drill"]


def find_drill(name: str) -> Drill:
    """The table of a drill; one that has none of its own is guided like the dowel hinge."""
    return {HINGE.name: HINGE}.get(name, HINGE)
