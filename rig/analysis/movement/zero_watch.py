"""Watching the zeros while the platform is empty."""

import math
from collections import deque

from rig.analysis.movement.step import NODE_S
from rig.analysis.settings import PresenceSettings


class ZeroWatch:
    """Says once per emptiness if a cell of the empty platform, or all together, is off zero."""

    def __init__(self, settings: PresenceSettings) -> None:
        self._settings = settings
        self._size = round(settings.zero_s / NODE_S)
        self._forces: deque[list[float]] = deque(maxlen=self._size)
        self._said = False

    def occupied(self) -> None:
        """Someone stepped on or off: begin anew."""
        self._forces.clear()
        self._said = False

    def feed(self, cell_n: list[float]) -> list[float] | None:
        """What the cells of the quiet empty platform read (N), if that is too far from zero."""
        s, forces = self._settings, self._forces
        if self._said:
            return None
        forces.append(cell_n)
        if len(forces) < self._size or not self._quiet():
            return None
        means = [math.fsum(cell) / len(forces) for cell in zip(*forces, strict=True)]
        if max(abs(mean) for mean in (*means, sum(means))) <= s.zero_off_n:
            return None
        self._said = True
        return means

    def _quiet(self) -> bool:
        """Whether nobody is stepping on it."""
        totals = [math.fsum(cells) for cells in self._forces]
        mean = math.fsum(totals) / len(totals)
        squares = math.fsum([(total - mean) ** 2 for total in totals])
        return squares <= len(totals) * self._settings.zero_sd_n**2
