"""What the history gives out: sessions, sets, repetitions and events as plain values."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

from rig.repetition import MEASURES, Rep, by_column


@dataclass(frozen=True)
class SessionSummary:
    """One line of the history; discarded sets and reps are not counted."""

    id: str
    person_id: str
    person_name: str | None
    drill: str
    calibration_id: str
    started_utc: datetime
    ended_utc: datetime | None  # None: still open
    clock_set: bool  # False: dated by a clock that nobody had set
    recording: str  # whole, torn, lost or removed
    body_weight_n: float | None
    sets: int
    reps: int
    reps_counted: int
    usable_depth_deg: float | None = None  # mean of the counted ones of which it is known


@dataclass(frozen=True)
class SetRecord:
    """A set; times in seconds since the session's first frame."""

    id: str
    set_index: int
    drill: str
    external_load_kg: float
    heel_block_mm: float
    start_s: float
    end_s: float | None
    end_reason: str | None
    pain: bool
    discarded: bool


@dataclass(frozen=True, kw_only=True)
class RepRecord(Rep):
    """A repetition with all that is known about where it belongs.

    Measures that a session's program did not have yet are None.
    """

    id: str
    session_id: str
    set_index: int
    rep_index: int
    person_id: str
    drill: str
    started_utc: datetime
    counted: bool
    discarded: bool
    external_load_kg: float
    heel_block_mm: float
    calibration_id: str

    def to_json(self) -> dict[str, Any]:
        """Where it belongs, and every measure by column; the time as it is."""
        place = {name: getattr(self, name) for name in REP_PLACE}
        faults = [asdict(fault) for fault in self.faults]
        return {**place, **by_column(self), "faults": faults}


REP_PLACE: Final = tuple(one.name for one in fields(RepRecord) if one.name not in MEASURES)
"""What a repetition's record has besides the measures."""


@dataclass(frozen=True)
class EventRecord:
    """Something that happened in a session, besides repetitions."""

    t_s: float
    name: str
    values: dict[str, Any]


@dataclass(frozen=True)
class SessionDetail:
    """A session with its sets, its reps (discarded ones too) and its events, in order."""

    summary: SessionSummary
    sets: list[SetRecord]
    reps: list[RepRecord]
    events: list[EventRecord]
