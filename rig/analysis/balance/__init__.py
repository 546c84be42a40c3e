"""The first stage: conversions onto the frame's time, forces, shares, centre of pressure, contacts.

Light enough for the sampling loop: numpy only, one small block per tick.
"""

from rig.analysis.balance.stage import Balance

__all__ = ["Balance"]
