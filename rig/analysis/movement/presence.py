"""Whether someone stands on the platform."""

from typing import Literal

from rig.analysis.settings import AnalysisSettings
from rig.names import EventName


class Presence:
    """On above `body_on_n`, off after `body_off_s` below `body_off_n`.

    An unknown force (NaN) changes nothing.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._on_n, self._off_n = settings.body_on_n, settings.body_off_n
        self._off_ns = round(settings.body_off_s * 1e9)
        self._light_since_ns: int | None = None
        self.on = False

    def feed(self, t_ns: int, fz_n: float) -> EventName | Literal[""]:
        """`person_on` or `person_off` at a change, else empty."""
        if fz_n >= self._off_n:
            self._light_since_ns = None
        if not self.on:
            self.on = fz_n >= self._on_n
            return "person_on" if self.on else ""
        if fz_n < self._off_n:
            return self._light(t_ns)
        return ""

    def _light(self, t_ns: int) -> EventName | Literal[""]:
        if self._light_since_ns is None:
            self._light_since_ns = t_ns
        if t_ns - self._light_since_ns < self._off_ns:
            return ""
        self.on = False
        self._light_since_ns = None
        return "person_off"
