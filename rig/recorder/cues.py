"""Which cue an event asks for: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rig.analysis.events import Event
from rig.names import PADS


@dataclass(frozen=True)
class Cue:
    """Something to tell the person at once; `t_ns` since the session's first frame."""

    t_ns: int
    name: str
    values: Mapping[str, Any]


DOWEL_SLIPPED: Final = "dowel_slipped"
STAND_STILL: Final = "stand_still"
CUES: Final = (*(f"{pad}_lost" for pad in PADS), DOWEL_SLIPPED, STAND_STILL)


def cue_for(event: Event, *, in_set: bool) -> Cue | None:
    """The cue that goes with an event, if any."""
    match event.name:
        case "contact_lost" if in_set:
            pad = event.values["pad"]
            return Cue(event.t_ns, f"{pad}_lost", {"pad": pad})
        case "dowel_off" if in_set:
            return Cue(event.t_ns, DOWEL_SLIPPED, {})
        case "weighing_failed":
            return Cue(event.t_ns, STAND_STILL, {"reason": event.values["reason"]})
        case _:
            return None
