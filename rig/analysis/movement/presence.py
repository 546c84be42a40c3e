"""Whether someone stands on the platform."""

from rig.analysis.events import Event
from rig.analysis.settings import AnalysisSettings


class Presence:
    """Person on above `body_on_n`, off below `body_off_n`; an unknown force changes nothing."""

    def __init__(self, settings: AnalysisSettings) -> None:
        self._settings = settings
        self.on = False

    def feed(self, t_ns: int, fz_n: float) -> list[Event]:
        """The event of this frame, if any."""
        if not self.on and fz_n >= self._settings.body_on_n:
            self.on = True
            return [Event(t_ns, "person_on")]
        if self.on and fz_n < self._settings.body_off_n:
            self.on = False
            return [Event(t_ns, "person_off")]
        return []
