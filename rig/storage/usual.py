"""How deep a person usually bends: what depth 1 means for them from the first repetition on."""

from typing import Any, Final

import numpy as np
from sqlalchemy import Select, func, select

from rig.storage.database import Database
from rig.storage.models import Person, RepRow, SessionRow, SetRow, measured

_SESSIONS: Final = 3  # provisional: older ones say less about today
_LOOKED_AT: Final = 20  # so that a long history costs no more than a short one
_LEAST_REPS: Final = 3  # provisional: a session with fewer says nothing
_QUARTILE: Final = 75.0  # provisional: a usual bottom, neither the deepest nor a tired one


def usual_drop_m(database: Database, person_code: str, drill: str) -> float:
    """How far this person's centre of mass usually drops in the drill, in metres."""
    return _usual(database, person_code, drill, "drop_m")


def usual_deg(database: Database, person_code: str, drill: str) -> float:
    """How far the dowel usually leans in this person's hinges of the drill, in degrees."""
    return _usual(database, person_code, drill, "depth_deg")


def _usual(database: Database, person_code: str, drill: str, measure: str) -> float:
    """The usual value of a measure of depth.

    The upper quartile of the hinges in the latest sessions; 0 where that is not known. Codes
    without a name are guests', who are several people: theirs is never known.
    """
    recent = (
        select(SessionRow.id)
        .join(Person, Person.id == SessionRow.person_id)
        .where(Person.code == person_code, Person.name.is_not(None))
        .order_by(SessionRow.started_utc.desc())
        .limit(_LOOKED_AT)
    )
    latest = (
        _hinges(select(SessionRow.id), drill, measure)
        .where(SessionRow.id.in_(recent))
        .group_by(SessionRow.id)
        .having(func.count() >= _LEAST_REPS)
        .order_by(SessionRow.started_utc.desc())
        .limit(_SESSIONS)
    )
    with database.session() as db:
        ids = list(db.scalars(latest))
        found = _hinges(select(measured(measure)), drill, measure).where(SessionRow.id.in_(ids))
        depths = list(db.scalars(found))
    return float(np.percentile(depths, _QUARTILE)) if depths else 0.0


def _hinges(question: Select[Any], drill: str, measure: str) -> Select[Any]:
    """The question, about hinges of the drill of which this is known."""
    return (
        question.join_from(RepRow, SetRow, SetRow.id == RepRow.set_id)
        .join(SessionRow, SessionRow.id == SetRow.session_id)
        .where(
            SetRow.drill == drill,
            ~SetRow.discarded,
            measured("kind") == "hinge",
            ~RepRow.discarded,
            measured(measure).is_not(None),
        )
    )
