"""Rows as the recorder would store them, for tests that read."""

import uuid
from datetime import UTC, datetime, timedelta

from rig.calibration import typical_calibration
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from rig.storage.models import EventRow, RepRow, SessionRow, SetRow
from rig.storage.people import People

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def store_calibration(database, calibration_id="cal-1"):
    """Put a typical calibration in force."""
    calibration = typical_calibration("rig-1", id=calibration_id, created_utc=START.isoformat())
    return Calibrations(database).add(calibration, "default", stored_utc=START)


def a_session(person_id, calibration_id, number=0):
    """The `number`th session, an hour after the one before."""
    started = START + timedelta(hours=number)
    return SessionRow(
        id=str(uuid.uuid4()), rig_id="rig-1", person_id=person_id, calibration_id=calibration_id,
        drill="hinge", body_weight_n=700.0, started_utc=started,
        ended_utc=started + timedelta(minutes=5), end_reason="empty", boot_id="boot",
        clock_set=True, recording="whole", ring_id=1, first_t_ns=0, first_seq=0,
    )  # fmt: skip


def a_set(session_id, set_index=1, **changes):
    """A set of ten minutes."""
    values = {
        "id": str(uuid.uuid4()), "session_id": session_id, "set_index": set_index,
        "drill": "hinge", "external_load_kg": 0.0, "heel_block_mm": 0.0, "start_s": 5.0,
        "end_s": 605.0, "end_reason": "stopped", "pain": False, "discarded": False,
    }  # fmt: skip
    return SetRow(**{**values, **changes})


def a_rep(set_id, rep_index=1, **changes):
    """A clean hinge of three seconds."""
    start = 10.0 * rep_index
    values = {
        "id": str(uuid.uuid4()), "set_id": set_id, "rep_index": rep_index,
        "analysis_index": rep_index, "counted": True, "discarded": False, "kind": "hinge",
        "start_s": start, "bottom_start_s": start + 1.25, "bottom_end_s": start + 1.5,
        "end_s": start + 3.0, "decided_s": start + 3.5, "depth": 1.0, "drop_m": 0.2,
        "body_weight_n": 700.0,
        "heel_share_standing": 0.5, "heel_share_bottom": 0.6, "heel_share_min": 0.45,
        "heel_share_max": 0.65, "asymmetry_pct": -2.5, "cop_ap_range_mm": 20.0,
        "cop_ml_range_mm": 5.0, "contact_head_pct": 100.0, "contact_mid_back_pct": 100.0,
        "contact_tailbone_pct": 92.5, "first_loss": "tailbone", "first_loss_phase": "eccentric",
        "faults": [{"name": "rounding", "confidence": 0.75, "onset_s": start + 0.5,
                    "phase": "eccentric", "depth": 0.5}],
        "score": 2,
    }  # fmt: skip
    return RepRow(**{**values, **changes})


def store_sessions(state_dir, sessions=2, reps=3):
    """A database with one set of `reps` reps in each session; the sessions' ids, oldest first."""
    database = Database.open_writer(state_dir)
    calibration = store_calibration(database).calibration
    person = People(database).add(created_utc=START)
    ids = []
    with database.session() as db:
        for number in range(sessions):
            session = a_session(person.id, calibration.id, number)
            one_set = a_set(session.id)
            happened = EventRow(
                id=str(uuid.uuid4()),
                session_id=session.id,
                number=0,
                t_s=2.0,
                name="person_on",
                details={},
            )
            for rows in ([session], [one_set, happened], _reps(one_set.id, reps)):
                db.add_all(rows)
                db.flush()
            ids.append(session.id)
    database.close()
    return ids


def _reps(set_id, count):
    return [a_rep(set_id, number + 1) for number in range(count)]
