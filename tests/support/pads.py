"""Values of pads by name, in the order of the table."""

from rig.names import PADS


def pads(others=0.0, **named):
    """One value a pad: those that are named, and `others` for the rest."""
    return tuple(named.get(pad, others) for pad in PADS)
