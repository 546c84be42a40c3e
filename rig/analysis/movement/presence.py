"""Whether someone stands on the platform."""

from typing import NamedTuple

from rig.analysis.movement.step import NODE_STEPS, Steps
from rig.analysis.settings import PresenceSettings
from rig.names import EventName


class There(NamedTuple):
    """Of a node: whether somebody is there all through it, and what changed in it."""

    there: bool
    change: EventName | None


class Presence:
    """On above `on_n`, off after `off_s` below `off_n`.

    An unknown force (NaN) changes nothing.
    """

    def __init__(self, settings: PresenceSettings) -> None:
        self._on_n, self._off_n = settings.on_n, settings.off_n
        self._off_ns = round(settings.off_s * 1e9)
        self._light_since_ns: int | None = None
        self.on = False

    def feed(self, t_ns: int, fz_n: float) -> EventName | None:
        """`person_on` or `person_off` at a change."""
        if fz_n >= self._off_n:
            self._light_since_ns = None
        if not self.on:
            self.on = fz_n >= self._on_n
            return "person_on" if self.on else None
        return self._light(t_ns) if fz_n < self._off_n else None

    def over(self, steps: Steps) -> list[There]:
        """What this says of each node."""
        force_n = steps["fz_n"].tolist()
        if self.on and min(force_n) >= self._off_n:
            self._light_since_ns = None
            return [There(True, None)] * (len(force_n) // NODE_STEPS)
        seen = list(zip((steps["t_s"] * 1e9).tolist(), force_n, strict=True))
        return [self._in(seen[at : at + NODE_STEPS]) for at in range(0, len(seen), NODE_STEPS)]

    def _in(self, seen: list[tuple[float, float]]) -> There:
        before = self.on
        changes = [change for t_ns, fz_n in seen if (change := self.feed(round(t_ns), fz_n))]
        return There(before and self.on, changes[-1] if changes else None)

    def _light(self, t_ns: int) -> EventName | None:
        if self._light_since_ns is None:
            self._light_since_ns = t_ns
        if t_ns - self._light_since_ns < self._off_ns:
            return None
        self.on = False
        self._light_since_ns = None
        return "person_off"
