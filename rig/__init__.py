"""Sampling, hand-over, analysis, recording and export for the hinge rig."""

__version__ = "0.1.0"
