"""After a restart: sessions that were not closed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, update

from rig.errors import RigError, StorageError
from rig.recorder.session import OpenSession
from rig.recording.info import RecordingInfo
from rig.recording.reader import Recording
from rig.storage.database import Database
from rig.storage.models import SessionRow


def recall_unfinished(
    database: Database, directory: Path, make: Callable[[RecordingInfo], OpenSession]
) -> list[OpenSession]:
    """Unfinished sessions as far as their recordings go, oldest first, not yet closed.

    One whose recording is lost is closed where it started.
    """
    recalled = []
    for session_id, started_utc in _unfinished(database):
        try:
            recording = Recording(directory, session_id)
            session = make(recording.info)
            session.recall(recording)
            if session.tracker.first_t_ns is None:
                raise StorageError("there is no frame in it")
            recalled.append(session)
        except RigError:
            _close_at(database, session_id, started_utc)
    return recalled


def frames_until(database: Database, ring_id: int) -> int | None:
    """The number after the last frame of this ring that closed sessions have."""
    with database.session() as db:
        return db.scalar(select(func.max(SessionRow.end_seq)).where(SessionRow.ring_id == ring_id))


def _unfinished(database: Database) -> list[tuple[str, datetime]]:
    question = (
        select(SessionRow.id, SessionRow.started_utc)
        .where(SessionRow.ended_utc.is_(None))
        .order_by(SessionRow.started_utc)
    )
    with database.session() as db:
        return [(row.id, row.started_utc) for row in db.execute(question)]


def _close_at(database: Database, session_id: str, moment: datetime) -> None:
    with database.session() as db:
        db.execute(
            update(SessionRow)
            .where(SessionRow.id == session_id)
            .values(ended_utc=moment, end_reason="recording lost")
        )
