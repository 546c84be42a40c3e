"""Watching the zero while the platform is empty."""

import math
from collections import deque

from rig.analysis.movement.steps import NODE_S
from rig.analysis.settings import PresenceSettings


class ZeroWatch:
    """Says once per emptiness if the empty platform does not read zero."""

    def __init__(self, settings: PresenceSettings) -> None:
        self._settings = settings
        self._size = round(settings.zero_s / NODE_S)
        self._forces: deque[float] = deque(maxlen=self._size)
        self._said = False

    def occupied(self) -> None:
        """Someone stepped on or off: begin anew."""
        self._forces.clear()
        self._said = False

    def feed(self, force_n: float) -> float | None:
        """What the quiet empty platform reads in newtons, if that is too far from zero."""
        s, forces = self._settings, self._forces
        if self._said:
            return None
        forces.append(force_n)
        if len(forces) < self._size:
            return None
        mean = math.fsum(forces) / len(forces)
        variance = math.fsum([(force - mean) ** 2 for force in forces]) / len(forces)
        if abs(mean) <= s.zero_off_n or variance > s.zero_sd_n**2:
            return None
        self._said = True
        return mean
