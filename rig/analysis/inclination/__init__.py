"""How far the dowel leans forward, from its inertial sensor, mounted at any angle.

`attitude` fuses gyroscope and accelerometer into the direction of the vertical, `posture` makes an
angle of it (zero from standing, axis from bending), `stage` takes frames.
"""

from rig.analysis.inclination.stage import Inclination, Slip

__all__ = ["Inclination", "Slip"]
