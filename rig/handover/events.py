"""What the recorder says of a moment: one type per event, told apart by `type` in the JSON.

`t_ns` is monotonic, the frame's time where the event belongs to a frame. The complete state, which
is an event too, has a module of its own.
"""

from typing import Any, Literal

from rig.handover.message import Message
from rig.names import EventName
from rig.repetition import Rep


class Told(Message, frozen=True, tag_field="type"):
    """Anything that the recorder says."""

    t_ns: int


class CueTold(Told, frozen=True, tag="cue"):
    """Something to tell the person at once, not waiting for storage; a name of the drill's cues."""

    name: str


class EventTold(Told, frozen=True, tag="event"):
    """An event of the analysis, as it happens."""

    name: EventName
    values: dict[str, Any]


class RepTold(Told, frozen=True, tag="rep"):
    """A repetition that is durable; `quality` is 1 to 3."""

    rep_id: str
    session_id: str
    set_index: int
    rep_index: int
    counted: bool
    rep_count: int
    quality: int
    rep: Rep


class SetTold(Told, frozen=True, tag="set"):
    """A set that is durable."""

    session_id: str
    set_index: int
    change: Literal["opened", "closed", "discarded"]


class SessionTold(Told, frozen=True, tag="session"):
    """A session that is durable."""

    session_id: str
    set_index: None
    change: Literal["opened", "closed"]


class ResultTold(Told, frozen=True, tag="result"):
    """A command was carried out, or refused for a reason."""

    command_id: str
    verb: str
    ok: bool
    reason: str | None


class HealthTold(Told, frozen=True, tag="health"):
    """How the recorder is, once a second; `next_seq` is the next frame that it will read."""

    state: Literal["ok", "degraded"]
    lag_frames: int
    next_seq: int
    problems: list[str]
    temperature_c: float | None
