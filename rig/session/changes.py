"""What a session leads to that has to be kept, and the ids that follow from it.

An id is worked out from the session and a number in it. A restarted recorder that finds the same
change again in the recording therefore finds the same id, and nothing is kept or announced twice.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rig.context import Context
from rig.repetition import Rep


@dataclass(frozen=True)
class SetOpened:
    """Set `set_index` (from 1) starts."""

    set_index: int
    start_s: float
    context: Context


@dataclass(frozen=True)
class SetClosed:
    """The set ended."""

    set_index: int
    end_s: float
    reason: str


@dataclass(frozen=True)
class SetMarked:
    """The set hurt, or is discarded."""

    set_index: int
    pain: bool = False
    discarded: bool = False


@dataclass(frozen=True)
class RepFound:
    """A repetition of set `set_index`; `rep_count` is how many of the set count so far."""

    set_index: int
    rep_index: int
    counted: bool
    rep_count: int
    rep: Rep


@dataclass(frozen=True)
class RepDiscarded:
    """The repetition with the analysis' number `analysis_index` does not count any more."""

    set_index: int
    analysis_index: int
    rep_count: int


@dataclass(frozen=True)
class Weighed:
    """The body weight of this session."""

    body_weight_n: float


@dataclass(frozen=True)
class Happened:
    """The session's `number`th event (from 0)."""

    number: int
    t_s: float
    name: str
    values: Mapping[str, Any]


Change = SetOpened | SetClosed | SetMarked | RepFound | RepDiscarded | Weighed | Happened


def set_id(session_id: str, set_index: int) -> str:
    """The id of a session's set."""
    return _derived(session_id, f"set-{set_index}")


def rep_id(session_id: str, analysis_index: int) -> str:
    """The id of a session's repetition."""
    return _derived(session_id, f"rep-{analysis_index}")


def event_id(session_id: str, number: int) -> str:
    """The id of a session's event."""
    return _derived(session_id, f"event-{number}")


def _derived(session_id: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(session_id), name))
