"""Sessions and their changes into the database; one that is there already changes nothing.

A number that is not finite is stored as unknown: it must never keep a repetition out.
"""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rig.finite import finite
from rig.recorder.durable.jobs import Begin, ClockSet, End
from rig.repetition import by_column
from rig.session.changes import (
    Change,
    Happened,
    RepDiscarded,
    RepFound,
    SetClosed,
    SetMarked,
    SetOpened,
    Weighed,
    event_id,
    rep_id,
    set_id,
)
from rig.storage.models import TORN, WHOLE, EventRow, Person, RepRow, SessionRow, SetRow


def begin_session(db: Session, job: Begin) -> None:
    """A row for a session that opens; its person and calibration are there."""
    info = job.info
    person_id = db.scalars(select(Person.id).where(Person.code == info.context.person_id)).one()
    db.add(
        SessionRow(
            id=info.session_id,
            rig_id=info.rig_id,
            person_id=person_id,
            calibration_id=info.calibration.id,
            drill=info.context.drill,
            started_utc=info.anchor.utc_of(job.first_t_ns),
            clock_set=info.anchor.is_set,
            recording=WHOLE,
            boot_id=info.boot_id,
            ring_id=info.ring_id,
            first_t_ns=job.first_t_ns,
            first_seq=job.first_seq,
        )
    )
    db.flush()


def end_session(db: Session, job: End) -> None:
    """Close a session at its last frame."""
    row = db.get_one(SessionRow, job.session_id)
    row.ended_utc = row.started_utc + timedelta(microseconds=(job.t_ns - row.first_t_ns) / 1000)
    row.end_reason, row.end_seq = job.reason, job.end_seq
    if job.torn:
        row.recording = TORN


def date_anew(db: Session, job: ClockSet) -> list[str]:
    """Give the sessions of a boot that a clock not set has dated their true times; their ids."""
    of_this_boot = select(SessionRow).where(
        SessionRow.boot_id == job.boot_id, ~SessionRow.clock_set
    )
    rows = db.scalars(of_this_boot).all()
    for row in rows:
        started_utc = job.anchor.utc_of(row.first_t_ns)
        if row.ended_utc is not None:
            row.ended_utc += started_utc - row.started_utc
        row.started_utc, row.clock_set = started_utc, True
    return [row.id for row in rows]


def apply_change(db: Session, session_id: str, change: Change) -> bool:
    """Store one change of a session; False if it was stored before."""
    match change:
        case SetOpened():
            return _add(db, _opened(session_id, change))
        case RepFound():
            return _add(db, _found(session_id, change))
        case Happened():
            return _add(db, _happened(session_id, change))
        case Weighed(body_weight_n):
            return _update(db.get_one(SessionRow, session_id), body_weight_n=finite(body_weight_n))
        case SetClosed(index, end_s, reason):
            row = db.get_one(SetRow, set_id(session_id, index))
            return _update(row, end_s=end_s, end_reason=reason)
        case SetMarked(index, pain, discarded):
            marks = {"pain": pain, "discarded": discarded}
            row = db.get_one(SetRow, set_id(session_id, index))
            return _update(row, **{name: True for name, marked in marks.items() if marked})
        case RepDiscarded(_, analysis_index):
            return _update(db.get_one(RepRow, rep_id(session_id, analysis_index)), discarded=True)


def _add(db: Session, row: SetRow | RepRow | EventRow) -> bool:
    if db.get(type(row), row.id) is not None:
        return False
    db.add(row)
    db.flush()
    return True


def _update(row: SessionRow | SetRow | RepRow, **values: object) -> bool:
    new = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return new


def _opened(session_id: str, change: SetOpened) -> SetRow:
    return SetRow(
        id=set_id(session_id, change.set_index),
        session_id=session_id,
        set_index=change.set_index,
        drill=change.context.drill,
        external_load_kg=change.context.load_kg,
        heel_block_mm=change.context.heel_block_mm,
        start_s=change.start_s,
        pain=False,
        discarded=False,
    )


def _found(session_id: str, change: RepFound) -> RepRow:
    rep = change.rep
    faults = [asdict(fault) for fault in rep.faults]
    return RepRow(
        id=rep_id(session_id, rep.index),
        set_id=set_id(session_id, change.set_index),
        rep_index=change.rep_index,
        counted=change.counted,
        discarded=False,
        **finite({**by_column(rep), "faults": faults}),
    )


def _happened(session_id: str, change: Happened) -> EventRow:
    return EventRow(
        id=event_id(session_id, change.number),
        session_id=session_id,
        number=change.number,
        t_s=change.t_s,
        name=change.name,
        details=finite(dict(change.values)),
    )
