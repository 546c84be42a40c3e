"""Deleting all that is stored about a person, and recordings that have become too old.

Files go first: rows without a recording are deleted by doing it again, but a recording without a
row would be found again by a rescan.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rig.errors import StorageError
from rig.recorder.choices import forget_person
from rig.recording.writer import part_paths
from rig.storage.audit import record
from rig.storage.database import Database
from rig.storage.models import REMOVED, EventRow, Person, RepRow, SessionRow, SetRow


def delete_person(database: Database, recordings: Path, person: Person) -> int:
    """Delete a person with sessions, sets, repetitions, events and recordings; how many sessions.

    The database's pages are overwritten, too. `StorageError` where a file cannot be deleted.
    """
    with database.session() as db:
        ids = list(db.scalars(select(SessionRow.id).where(SessionRow.person_id == person.id)))
    files = _unlink(recordings, ids)
    with database.erasing() as db:
        sets = select(SetRow.id).where(SetRow.session_id.in_(ids))
        for question in (
            delete(RepRow).where(RepRow.set_id.in_(sets)),
            delete(SetRow).where(SetRow.session_id.in_(ids)),
            delete(EventRow).where(EventRow.session_id.in_(ids)),
            delete(SessionRow).where(SessionRow.id.in_(ids)),
            delete(Person).where(Person.id == person.id),
        ):
            db.execute(question.execution_options(synchronize_session=False))
        forget_person(db, person.code, changed_utc=datetime.now(UTC))
        record(db, "delete person", person.code, {"sessions": len(ids), "files": files})
    return len(ids)


def remove_old_recordings(database: Database, recordings: Path, before_utc: datetime) -> int:
    """Remove the raw recordings of sessions that ended before; how many. Repetitions stay.

    Sessions whose date is not certain are left alone.
    """
    with database.session() as db:
        old = db.scalars(
            select(SessionRow).where(
                SessionRow.ended_utc < before_utc,
                SessionRow.clock_set,
                SessionRow.recording != REMOVED,
            )
        ).all()
        ids = [row.id for row in old]
        _unlink(recordings, ids)
        _mark_removed(db, old)
    return len(ids)


def _mark_removed(db: Session, old: Sequence[SessionRow]) -> None:
    for row in old:
        row.recording = REMOVED
        record(db, "remove recording", row.id, {})


def _unlink(recordings: Path, session_ids: list[str]) -> int:
    """Delete all parts of these recordings; how many there were."""
    paths = [path for one in session_ids for path in part_paths(recordings, one)]
    for path in reversed(paths):  # the first part last: it is what a recording is found by
        try:
            path.unlink()
        except OSError as error:
            raise StorageError(f"{path}: cannot be deleted: {error.strerror}") from None
    return len(paths)
