"""What the follower hands to the storing thread, in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rig.frames import Block
from rig.recording.info import ClockAnchor, RecordingInfo
from rig.session.changes import Change


@dataclass(frozen=True)
class Begin:
    """A session opens with this frame."""

    info: RecordingInfo
    first_t_ns: int
    first_seq: int


@dataclass(frozen=True)
class GoOn:
    """A session goes on after a restart; `t_ns` is its last frame's time so far."""

    info: RecordingInfo
    t_ns: int


@dataclass(frozen=True)
class Frames:
    """Frames of the open session."""

    block: Block


@dataclass(frozen=True)
class Commanded:
    """A command that took effect after the frames so far."""

    t_ns: int
    command: Mapping[str, Any]


@dataclass(frozen=True)
class Keep:
    """Changes of a session; `t_ns` is the frame's time for the announcement."""

    session_id: str
    t_ns: int
    changes: list[Change]


@dataclass(frozen=True)
class End:
    """A session ended; `end_seq` follows its last frame's number.

    `torn`: its recording was cut off there or before.
    """

    session_id: str
    t_ns: int
    reason: str
    end_seq: int
    torn: bool = False


@dataclass(frozen=True)
class ClockSet:
    """The wall clock can be trusted now: sessions that it dated before are dated anew."""

    boot_id: str
    anchor: ClockAnchor


@dataclass(frozen=True)
class Then:
    """Something to do once everything before it is durable."""

    do: Callable[[], None]


Job = Begin | GoOn | Frames | Commanded | Keep | End | ClockSet | Then
