"""Recordings that the database does not know: after its loss, or a death between two writes."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from rig.analysis.pipeline import Pipeline
from rig.errors import RigError
from rig.recorder.durable.jobs import Begin, End
from rig.recorder.durable.rows import apply_change, begin_session, end_session
from rig.recorder.open_session import INTERRUPTED
from rig.recording.reader import RecordedCommand, Recording
from rig.recording.writer import session_ids
from rig.session.settings import analysis_settings
from rig.session.tracker import SessionTracker
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from rig.storage.models import SessionRow
from rig.storage.people import People


def adopt_recordings(database: Database, directory: Path) -> list[str]:
    """Give every unknown recording with frames in it a session that is not closed yet.

    Returns a line for each recording that cannot be read; nothing is done about those.
    """
    problems: list[str] = []
    for recording, begin in _unknown(database, directory, problems):
        _add_what_it_names(database, recording)
        with database.session() as db:
            begin_session(db, begin)
    return problems


def rescan(database: Database, directory: Path) -> tuple[list[str], list[str]]:
    """Rebuild the sessions of unknown recordings, with their sets, repetitions and events.

    Returns the sessions' ids, and a line for each recording that cannot be read.
    """
    problems: list[str] = []
    found = []
    for recording, begin in _unknown(database, directory, problems):
        _add_what_it_names(database, recording)
        _rebuild(database, recording, begin)
        found.append(recording.info.session_id)
    return found, problems


def _unknown(
    database: Database, directory: Path, problems: list[str]
) -> Iterator[tuple[Recording, Begin]]:
    """Recordings without a row, newest first: the newest calibration is the one to be in force."""
    with database.session() as db:
        known = set(db.scalars(select(SessionRow.id)))
    recordings = []
    for session_id in session_ids(directory) - known:
        try:
            recordings.append(Recording(directory, session_id))
        except RigError as error:
            problems.append(str(error))
    for recording in sorted(recordings, key=lambda one: one.info.anchor.utc, reverse=True):
        first = next(recording.blocks(), None)
        if first is not None:
            yield recording, Begin(recording.info, int(first["t_ns"][0]), int(first["seq"][0]))


def _add_what_it_names(database: Database, recording: Recording) -> None:
    info = recording.info
    Calibrations(database).add_found(info.calibration, stored_utc=info.anchor.utc)
    People(database).add_found(info.context.person_id, created_utc=info.anchor.utc)


def _rebuild(database: Database, recording: Recording, begin: Begin) -> None:
    """All of a session in one transaction."""
    info = recording.info
    settings = analysis_settings(info.configuration)
    pipeline = Pipeline(
        info.calibration, settings, info.context.usual_drop_m, info.context.usual_deg
    )
    tracker = SessionTracker(pipeline, info.context, settings)
    next_seq = begin.first_seq
    with database.session() as db:
        begin_session(db, begin)
        for item in recording.items():
            if isinstance(item, RecordedCommand):
                step = tracker.command(item.command["verb"], item.command["args"])
            else:
                step = tracker.feed(item)
                next_seq = int(item["seq"][-1]) + 1
            for change in step.changes:
                apply_change(db, info.session_id, change)
        for change in tracker.finish(INTERRUPTED).changes:
            apply_change(db, info.session_id, change)
        last_t_ns = begin.first_t_ns + tracker.last_t_ns
        torn = not recording.whole
        end_session(db, End(info.session_id, last_t_ns, INTERRUPTED, next_seq, torn))
