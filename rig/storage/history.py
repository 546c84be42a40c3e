"""Questions to the database: what was recorded, for pages, command line and export."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Integer, Select, case, func, select
from sqlalchemy.engine import Row

from rig.errors import StorageError
from rig.repetition import COLUMNS, Fault, from_columns
from rig.storage.database import Database
from rig.storage.models import EventRow, Person, RepRow, SessionRow, SetRow, measured
from rig.storage.records import (
    REP_PLACE,
    EventRecord,
    RepRecord,
    SessionDetail,
    SessionSummary,
    SetRecord,
)

_SESSIONS_AT_ONCE: Final = 100  # some thousand reps: sorted in memory, no view held for long


class History:
    """Answers questions about what was recorded; holds no transaction between them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def session_count(self) -> int:
        """How many sessions there are."""
        with self._database.session() as db:
            return db.scalar(select(func.count()).select_from(SessionRow)) or 0

    def sessions(self, limit: int = 50, offset: int = 0) -> list[SessionSummary]:
        """Sessions, newest first."""
        newest = _newest_first(select(SessionRow.id)).limit(limit).offset(offset)
        with self._database.session() as db:
            ids = list(db.scalars(newest))
            rows = db.execute(_newest_first(_summaries().where(SessionRow.id.in_(ids))))
            return [SessionSummary(**row._mapping) for row in rows]

    def find(self, beginning: str) -> str:
        """The id of the one session whose id begins so. `StorageError` if it is not one."""
        question = _newest_first(
            select(SessionRow.id).where(SessionRow.id.startswith(beginning, autoescape=True))
        )
        with self._database.session() as db:
            ids = list(db.scalars(question.limit(2)))
        if len(ids) != 1:
            raise StorageError(
                f"{'several sessions begin' if ids else 'no session begins'} with {beginning!r}; "
                "`hinge-rig sessions list` shows them"
            )
        return str(ids[0])

    def session(self, session_id: str) -> SessionDetail | None:
        """One session with everything in it, or None."""
        with self._database.session() as db:
            row = db.execute(_summaries().where(SessionRow.id == session_id)).one_or_none()
            if row is None:
                return None
            return SessionDetail(
                SessionSummary(**row._mapping),
                [SetRecord(**item._mapping) for item in db.execute(_sets(session_id))],
                [_rep(item) for item in db.execute(_reps([session_id]))],
                [EventRecord(*item) for item in db.execute(_events(session_id))],
            )

    def session_ids(
        self,
        *,
        person_id: str | None = None,
        since_utc: datetime | None = None,
        until_utc: datetime | None = None,
    ) -> list[str]:
        """The ids of sessions, oldest first; of one person, started since and before a moment."""
        question = select(SessionRow.id).order_by(SessionRow.started_utc, SessionRow.id)
        if person_id is not None:
            question = question.join(Person).where(Person.code == person_id)
        if since_utc is not None:
            question = question.where(SessionRow.started_utc >= since_utc)
        if until_utc is not None:
            question = question.where(SessionRow.started_utc < until_utc)
        with self._database.session() as db:
            return list(db.scalars(question))

    def reps(
        self, session_ids: Sequence[str] | None = None, *, discarded: bool = False
    ) -> Iterator[RepRecord]:
        """Reps of these sessions, or of all from the oldest on, a few sessions at a time.

        Discarded ones only if asked for.
        """
        ids = self.session_ids() if session_ids is None else session_ids
        for first in range(0, len(ids), _SESSIONS_AT_ONCE):
            question = _reps(ids[first : first + _SESSIONS_AT_ONCE])
            if not discarded:
                question = question.where(~RepRow.discarded, ~SetRow.discarded)
            with self._database.session() as db:
                rows = db.connection().execute(question).all()  # rows, not objects
            yield from map(_rep, rows)


def _newest_first(question: Select[Any]) -> Select[Any]:
    return question.order_by(SessionRow.started_utc.desc(), SessionRow.id)


def _summaries() -> Select[Any]:
    kept_set = ~SetRow.discarded
    kept_rep = kept_set & ~RepRow.discarded
    columns: list[Any] = [
        SessionRow.id,
        Person.code.label("person_id"),
        Person.name.label("person_name"),
        SessionRow.drill,
        SessionRow.calibration_id,
        SessionRow.started_utc,
        SessionRow.ended_utc,
        SessionRow.clock_set,
        SessionRow.recording,
        SessionRow.body_weight_n,
        func.count(case((kept_set, SetRow.id)).distinct()).label("sets"),
        func.count(case((kept_rep, RepRow.id))).label("reps"),
        func.coalesce(func.sum(case((kept_rep, RepRow.counted.cast(Integer)))), 0).label(
            "reps_counted"
        ),
        func.avg(case((kept_rep & RepRow.counted, measured("usable_depth_deg")))).label(
            "usable_depth_deg"
        ),
    ]
    return (
        select(*columns)
        .join(Person, Person.id == SessionRow.person_id)
        .outerjoin(SetRow, SetRow.session_id == SessionRow.id)
        .outerjoin(RepRow, RepRow.set_id == SetRow.id)
        .group_by(SessionRow.id, Person.id)
    )


def _sets(session_id: str) -> Select[Any]:
    columns = [getattr(SetRow, name) for name in SetRecord.__dataclass_fields__]
    return select(*columns).where(SetRow.session_id == session_id).order_by(SetRow.set_index)


def _events(session_id: str) -> Select[Any]:
    return (
        select(EventRow.t_s, EventRow.name, EventRow.details)
        .where(EventRow.session_id == session_id)
        .order_by(EventRow.number)
    )


_REP_ELSEWHERE: Final = {
    "session_id": SessionRow.id,
    "set_index": SetRow.set_index,
    "person_id": Person.code,
    "drill": SetRow.drill,
    "started_utc": SessionRow.started_utc,
    "external_load_kg": SetRow.external_load_kg,
    "heel_block_mm": SetRow.heel_block_mm,
    "calibration_id": SessionRow.calibration_id,
}


def _reps(session_ids: Sequence[str]) -> Select[Any]:
    place = [_REP_ELSEWHERE.get(name) or getattr(RepRow, name) for name in REP_PLACE]
    return (
        select(*place, *map(measured, COLUMNS))
        .join(SetRow, SetRow.id == RepRow.set_id)
        .join(SessionRow, SessionRow.id == SetRow.session_id)
        .join(Person, Person.id == SessionRow.person_id)
        .where(SessionRow.id.in_(session_ids))
        .order_by(SessionRow.started_utc, SessionRow.id, SetRow.set_index, RepRow.rep_index)
    )


def _rep(row: Row[Any]) -> RepRecord:
    """A record from a row of `_reps`; the session's start becomes the rep's."""
    place = dict(zip(REP_PLACE, row, strict=False))
    measures = from_columns(dict(zip(COLUMNS, row[len(REP_PLACE) :], strict=True)))
    place["started_utc"] += timedelta(seconds=measures["start_s"])
    measures["faults"] = tuple(Fault(**fault) for fault in measures["faults"])
    return RepRecord(**place, **measures)
