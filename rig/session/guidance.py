"""What the person is told and shown while a session runs: cue, ring, own band.

Follows from events and frames alone and changes nothing that is stored.
"""

from dataclasses import dataclass
from typing import Any

from rig.analysis.events import Event
from rig.analysis.settings import AnalysisSettings
from rig.drills import Drill
from rig.session.conditions import Conditions
from rig.session.cop_band import Box, OwnBand
from rig.session.cueing import Cueing
from rig.session.standing import Standing


@dataclass(frozen=True)
class Cue:
    """Something to tell the person at once; `t_ns` since the session's first frame."""

    t_ns: int
    name: str


class Guidance:
    """One person's guidance through a session."""

    def __init__(self, drill: Drill, settings: AnalysisSettings) -> None:
        self._cueing = Cueing(drill)
        self._conditions = Conditions(settings)
        self._standing = Standing()
        self._band = OwnBand(drill)
        self._weigh_ns = round(settings.weigh_s * 1e9)

    @property
    def cue(self) -> str | None:
        """The cue that is on."""
        return self._cueing.current

    @property
    def band(self) -> Box | None:
        """The person's own band for the centre of pressure."""
        return self._band.box

    @property
    def both_feet(self) -> bool:
        """Whether both feet carry load."""
        return self._standing.both_feet

    @property
    def ring(self) -> tuple[int, int] | None:
        """Start and end of the countdown that the screen shows while a person stands still.

        Nanoseconds since the session's first frame; None while the load moves.
        """
        since_ns = self._standing.still_since_ns
        return None if since_ns is None else (since_ns, since_ns + self._weigh_ns)

    def take(self, event: Event) -> None:
        """Take an event of the frame that follows in `feed`."""
        self._conditions.take(event)
        if event.name == "person_on":
            self._band.forget()
        elif event.name in ("weighed", "dowel_on"):
            self._band.stood()
        elif event.name == "rep":
            self._band.learn(event.values["rep"])

    def feed(self, t_ns: int, row: Any, flow: str, *, silent: bool) -> Cue | None:
        """Take a frame's row of SIGNALS; the cue to give now, if any."""
        self._standing.feed(t_ns, row)
        self._band.feed(t_ns, row)
        holding = self._conditions.holding(t_ns, row)
        name = self._cueing.feed(t_ns, flow, holding, silent=silent)
        return None if name is None else Cue(t_ns, name)
