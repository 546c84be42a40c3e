"""Whether someone stands on the platform."""

from rig.analysis.settings import AnalysisSettings


class Presence:
    """On above `body_on_n`, off below `body_off_n`; an unknown force (NaN) changes nothing."""

    def __init__(self, settings: AnalysisSettings) -> None:
        self._on_n, self._off_n = settings.body_on_n, settings.body_off_n
        self.on = False

    def feed(self, fz_n: float) -> str:
        """`person_on` or `person_off` at a change, else empty."""
        if not self.on and fz_n >= self._on_n:
            self.on = True
            return "person_on"
        if self.on and fz_n < self._off_n:
            self.on = False
            return "person_off"
        return ""
