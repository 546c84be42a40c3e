"""Changes into the database; one that is there already changes nothing."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from rig.analysis.events import Rep
from rig.recorder.changes import (
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
from rig.storage.models import EventRow, RepRow, SessionRow, SetRow


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
            return _update(db.get_one(SessionRow, session_id), body_weight_n=body_weight_n)
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


_SAME_IN_REP: tuple[str, ...] = (
    "kind", "start_s", "bottom_start_s", "bottom_end_s", "end_s", "decided_s", "depth",
    "body_weight_n", "heel_share_standing", "heel_share_bottom", "heel_share_min",
    "heel_share_max", "asymmetry_pct", "cop_ap_range_mm", "cop_ml_range_mm", "first_loss",
    "first_loss_phase", "score",
)  # fmt: skip


def _found(session_id: str, change: RepFound) -> RepRow:
    rep: Rep = change.rep
    head, mid_back, tailbone = rep.contact_kept_pct
    return RepRow(
        id=rep_id(session_id, rep.index),
        set_id=set_id(session_id, change.set_index),
        rep_index=change.rep_index,
        analysis_index=rep.index,
        counted=change.counted,
        discarded=False,
        contact_head_pct=head,
        contact_mid_back_pct=mid_back,
        contact_tailbone_pct=tailbone,
        faults=[asdict(fault) for fault in rep.faults],
        **{name: getattr(rep, name) for name in _SAME_IN_REP},
    )


def _happened(session_id: str, change: Happened) -> EventRow:
    return EventRow(
        id=event_id(session_id, change.number),
        session_id=session_id,
        number=change.number,
        t_s=change.t_s,
        name=change.name,
        details=dict(change.values),
    )
