"""After a restart: sessions that were not closed."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from rig.errors import RigError, StorageError
from rig.frames import TICK_NS
from rig.recorder.open_session import OpenSession
from rig.recording.info import RecordingInfo
from rig.recording.reader import Recording
from rig.storage.database import Database
from rig.storage.models import LOST, RepRow, SessionRow, SetRow, measured

_log: Final = logging.getLogger(__name__)


def recall_unfinished(
    database: Database, directory: Path, make: Callable[[RecordingInfo], OpenSession]
) -> list[OpenSession]:
    """Unfinished sessions as far as their recordings go, oldest first, not yet closed.

    One whose recording is lost is closed at its last repetition.
    """
    recalled = []
    for row in _unfinished(database):
        try:
            recording = Recording(directory, row.id)
            session = make(recording.info)
            session.recall(recording)
            if session.tracker.first_t_ns is None:
                raise StorageError("there is no frame in it")
            recalled.append(session)
            _log.info("session %s was not closed: read again up to its last frame", row.id)
        except RigError as error:
            _log.warning("session %s is closed at its last repetition: %s", row.id, error)
            _close_at_last_rep(database, row.id)
    return recalled


def frames_until(database: Database, ring_id: int) -> int | None:
    """The number after the last frame of this ring that closed sessions have."""
    with database.session() as db:
        return db.scalar(select(func.max(SessionRow.end_seq)).where(SessionRow.ring_id == ring_id))


def _unfinished(database: Database) -> list[SessionRow]:
    question = (
        select(SessionRow).where(SessionRow.ended_utc.is_(None)).order_by(SessionRow.started_utc)
    )
    with database.session() as db:
        return list(db.scalars(question))


def _close_at_last_rep(database: Database, session_id: str) -> None:
    """Frames up to there are not looked at again, or their repetitions would be found twice."""
    last_s = (
        select(func.max(measured("decided_s")))
        .join(SetRow, SetRow.id == RepRow.set_id)
        .where(SetRow.session_id == session_id)
    )
    with database.session() as db:
        row = db.get_one(SessionRow, session_id)
        decided_s = db.scalar(last_s) or 0.0
        row.ended_utc = row.started_utc + timedelta(seconds=decided_s)
        row.end_reason, row.recording = "recording lost", LOST
        row.end_seq = row.first_seq + round(decided_s * 1e9 / TICK_NS) + 1
