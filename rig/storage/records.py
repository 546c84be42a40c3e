"""What the history gives out: sessions, sets, repetitions and events as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rig.repetition import Tempo


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


@dataclass(frozen=True)
class RepRecord(Tempo):
    """A repetition with all that is known about where it belongs; see `rig.repetition.Rep`."""

    id: str
    session_id: str
    set_index: int
    rep_index: int
    person_id: str
    drill: str
    started_utc: datetime
    kind: str
    counted: bool
    discarded: bool
    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float
    decided_s: float
    depth: float | None
    drop_m: float | None  # None also in sessions of before this was kept
    body_weight_n: float | None
    heel_share_standing: float | None
    heel_share_bottom: float | None
    heel_share_min: float | None
    heel_share_max: float | None
    asymmetry_pct: float | None
    cop_ap_range_mm: float | None
    cop_ml_range_mm: float | None
    contact_head_pct: float | None
    contact_mid_back_pct: float | None
    contact_tailbone_pct: float | None
    first_loss: str | None
    first_loss_phase: str | None
    faults: list[dict[str, Any]]
    score: int
    external_load_kg: float
    heel_block_mm: float
    calibration_id: str


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
