"""`session.json`: what a recording's frames do not say. Read by `analyze --context`.

A reader goes by name and passes over what a newer program has added.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from rig.errors import FormatError
from rig.system.typed_json import decode

VERSION: Literal[1] = 1
_Load = Annotated[float, Meta(ge=0, le=200)]
_Drop = Annotated[float, Meta(ge=0, le=2)]
_Lean = Annotated[float, Meta(ge=0, le=150)]


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a document that is kept."""


class SetDocument(Stored, frozen=True):
    """A set; times in seconds from the first frame."""

    set_index: int
    drill: str
    external_load_kg: float
    heel_block_mm: float
    start_s: float
    end_s: float | None
    end_reason: str | None
    pain: bool
    discarded: bool


class CommandDocument(Stored, frozen=True):
    """What was commanded behind the frame at `t_s`."""

    t_s: Annotated[float, Meta(ge=0, le=1e6)]
    verb: str
    args: dict[str, Any]


class EventDocument(Stored, frozen=True):
    """Something that happened, besides repetitions."""

    t_s: float
    name: str
    values: dict[str, Any]


class ClockDocument(Stored, frozen=True):
    """One moment on the monotonic clock of a boot and on the wall clock."""

    boot_id: str
    t_ns: int
    utc: str
    is_set: bool


class VersionsDocument(Stored, frozen=True):
    """What wrote it."""

    hinge_rig: str
    database: str


class SessionDocument(Stored, frozen=True):
    """The document. Drill, load and heel block are those of the session's beginning."""

    version: Literal[1]
    session_id: str | None = None
    person_id: str | None = None
    drill: str | None = None
    external_load_kg: _Load | None = None
    heel_block_mm: float | None = None
    usual_drop_m: _Drop | None = None
    usual_deg: _Lean | None = None
    body_weight_n: float | None = None
    calibration_id: str | None = None
    started_utc: str | None = None
    ended_utc: str | None = None
    clock_set: bool | None = None
    clock: ClockDocument | None = None
    recording: str | None = None
    sets: list[SetDocument] = field(default_factory=list)
    commands: list[CommandDocument] = field(default_factory=list)
    events: list[EventDocument] = field(default_factory=list)
    settings: dict[str, Any] | None = None
    versions: VersionsDocument | None = None


def read_session_document(path: Path) -> SessionDocument:
    """The document in a file. `FormatError` names the file, the place and what is wrong."""
    try:
        return decode(path.read_bytes(), SessionDocument)
    except (OSError, ValueError) as error:
        raise FormatError(f"{path}: is not a session.json of version {VERSION}: {error}") from None
