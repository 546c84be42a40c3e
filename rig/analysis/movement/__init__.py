"""The second stage: weighing, dowel, repetitions, losses and faults."""

from rig.analysis.movement.stage import Movement

__all__ = ["Movement"]
