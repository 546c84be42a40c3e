"""Whether someone stands on the platform."""

from typing import Literal

from rig.analysis.settings import PresenceSettings
from rig.names import EventName


class Presence:
    """On above `on_n`, off after `off_s` below `off_n`.

    An unknown force (NaN) changes nothing.
    """

    def __init__(self, settings: PresenceSettings) -> None:
        self._on_n, self._off_n = settings.on_n, settings.off_n
        self._off_ns = round(settings.off_s * 1e9)
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
