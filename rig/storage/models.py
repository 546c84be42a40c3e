"""What is kept: people, sessions, sets, reps, events, calibrations, settings, users, an audit.

Keys are UUID texts, moments are UTC with zone, times within a session are seconds since its first
frame. Ids of sets, reps and events follow from their session and number (`rig.session.changes`),
so that storing one twice leaves one.
"""

from datetime import datetime
from typing import Any, get_args, get_origin

from sqlalchemy import JSON, BigInteger, Double, ForeignKey, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedColumn,
    mapped_column,
)

from rig.repetition import COLUMNS, Measure
from rig.storage.types import UtcDateTime

WHOLE, TORN, LOST, REMOVED = "whole", "torn", "lost", "removed"
"""What has become of a session's recording."""

_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables' common ground: how Python types become columns."""

    metadata = MetaData(naming_convention=_CONVENTION)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        float: Double,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }


def _key() -> Mapped[str]:
    return mapped_column(String(36), primary_key=True)


class Person(Base):
    """Somebody who trains. `code` (such as P-0001) is the `person_id` of exports and pages."""

    __tablename__ = "people"

    id: Mapped[str] = _key()
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str | None]
    height_m: Mapped[float | None]
    created_utc: Mapped[datetime]


class CalibrationRow(Base):
    """One calibration that was in force: a default, an import or a tare of its parent."""

    __tablename__ = "calibrations"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    generation: Mapped[int] = mapped_column(
        unique=True
    )  # counts up from 1, found ones down; a frame's `cal`
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("calibrations.id"))
    origin: Mapped[str] = mapped_column(String(10))  # default, import, tare, found
    created_utc: Mapped[datetime]
    document: Mapped[dict[str, Any]]


class SessionRow(Base):
    """From two seconds before someone steps on until the platform has been empty for a while."""

    __tablename__ = "sessions"

    id: Mapped[str] = _key()
    rig_id: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    calibration_id: Mapped[str] = mapped_column(ForeignKey("calibrations.id"))
    drill: Mapped[str]
    body_weight_n: Mapped[float | None]
    started_utc: Mapped[datetime] = mapped_column(index=True)
    ended_utc: Mapped[datetime | None]
    clock_set: Mapped[bool]  # False: its times are those of a clock that nobody had set
    end_reason: Mapped[str | None]
    boot_id: Mapped[str] = mapped_column(String(36))
    ring_id: Mapped[int] = mapped_column(BigInteger)
    first_t_ns: Mapped[int] = mapped_column(BigInteger)  # monotonic, the first frame's
    first_seq: Mapped[int] = mapped_column(BigInteger)
    end_seq: Mapped[int | None] = mapped_column(BigInteger)  # the one after the last frame's
    recording: Mapped[str] = mapped_column(String(10))  # WHOLE, TORN, LOST or REMOVED


class SetRow(Base):
    """Repetitions in one go, with one drill and one load."""

    __tablename__ = "sets"

    id: Mapped[str] = _key()
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    set_index: Mapped[int]  # from 1
    drill: Mapped[str]
    external_load_kg: Mapped[float]
    heel_block_mm: Mapped[float]
    start_s: Mapped[float]
    end_s: Mapped[float | None]
    end_reason: Mapped[str | None]
    pain: Mapped[bool]
    discarded: Mapped[bool]

    __table_args__ = (Index(None, "session_id", "set_index", unique=True),)


class RepRow(Base):
    """One repetition; a column for each of those in `rig.repetition.COLUMNS`, see below."""

    __tablename__ = "reps"

    id: Mapped[str] = _key()
    set_id: Mapped[str] = mapped_column(ForeignKey("sets.id"), index=True)
    rep_index: Mapped[int]  # from 1 in its set, whatever its kind
    counted: Mapped[bool]
    discarded: Mapped[bool]


def _measure_column(measure: Measure) -> MappedColumn[Any]:
    """As the measure's type asks: a number, a whole number, a text, or objects as JSON."""
    wanted = get_args(measure.type) or (measure.type,)
    known = [one for one in wanted if one is not type(None)]
    nullable = len(known) < len(wanted) or len(measure.columns) > 1
    if measure.type in (int, float) or known == [float] or len(measure.columns) > 1:
        return mapped_column(Integer if measure.type is int else Double, nullable=nullable)
    if get_origin(measure.type) is tuple:
        return mapped_column(JSON, nullable=False)
    return mapped_column(String, nullable=nullable)


for _column, _measure in COLUMNS.items():
    setattr(RepRow, _column, _measure_column(_measure))


def measured(column: str) -> InstrumentedAttribute[Any]:
    """A repetition's column of a measure, by its name in `rig.repetition.COLUMNS`."""
    found: InstrumentedAttribute[Any] = getattr(RepRow, column)
    return found


class EventRow(Base):
    """What happened in a session, besides the repetitions."""

    __tablename__ = "events"

    id: Mapped[str] = _key()
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    number: Mapped[int]  # in its session, from 0: several may have the same time
    t_s: Mapped[float]
    name: Mapped[str]
    details: Mapped[dict[str, Any]]


class AuditRow(Base):
    """Something done to the data itself (deleted, restored, removed for its age) or to users."""

    __tablename__ = "audit"

    id: Mapped[str] = _key()
    done_utc: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]


class SettingRow(Base):
    """A value that was set at run time; `rig.toml` is its owner's and never written."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)  # JSON; in a column of that type SQLite makes 0 of 0.0
    changed_utc: Mapped[datetime]


class UserRow(Base):
    """Somebody who works with the rig besides those who train on it."""

    __tablename__ = "users"

    id: Mapped[str] = _key()
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(
        String(400), unique=True
    )  # one whatever its letters' case
    role: Mapped[str] = mapped_column(String(20))  # coach, builder, researcher
    password_hash: Mapped[str]
    created_utc: Mapped[datetime]
    changed_utc: Mapped[datetime]
