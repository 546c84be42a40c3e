"""Watching the zero while the platform is empty."""

from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings


class ZeroWatch:
    """Says once per emptiness if the empty platform does not read zero."""

    def __init__(self, settings: AnalysisSettings) -> None:
        self._settings = settings
        self._force = Window(round(settings.zero_s / STEP_S))
        self._said = False

    def occupied(self) -> None:
        """Someone stepped on or off: begin anew."""
        self._force.clear()
        self._said = False

    def feed(self, sample: Sample) -> float | None:
        """What the quiet empty platform reads in newtons, if that is too far from zero."""
        if self._said:
            return None
        self._force.push(sample.fz_n)
        if not self._force.full:
            return None
        mean = self._force.mean()
        if abs(mean) <= self._settings.zero_off_n or self._force.sd() > self._settings.zero_sd_n:
            return None
        self._said = True
        return mean
