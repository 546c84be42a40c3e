import csv
import io

from rig.export import REP_COLUMNS, reps_csv
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.models import Person
from tests.support.records import store_sessions


def _rows(state_dir, session_ids=None):
    database = Database.open_reader(state_dir)
    text = b"".join(reps_csv(History(database).reps(session_ids))).decode()
    database.close()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_rep_is_a_row_with_every_column(tmp_path):
    ids = store_sessions(tmp_path, sessions=2, reps=3)
    rows = _rows(tmp_path)
    assert [row["session_id"] for row in rows] == [ids[0]] * 3 + [ids[1]] * 3
    assert [row["rep_index"] for row in rows] == ["1", "2", "3"] * 2
    assert tuple(rows[0]) == REP_COLUMNS


def test_a_rep_is_told_in_plain_numbers(tmp_path):
    store_sessions(tmp_path, sessions=1, reps=1)
    row = _rows(tmp_path)[0]
    assert row["started_utc"] == "2026-03-01T09:30:10.000Z"
    assert (row["start_s"], row["bottom_s"], row["end_s"]) == ("10.0", "11.25", "13.0")
    assert (row["eccentric_s"], row["pause_s"], row["concentric_s"]) == ("1.25", "0.25", "1.5")
    assert row["asymmetry_pct"] == "-2.5"
    assert row["faults"] == "rounding"
    assert (row["person_id"], row["calibration_id"]) == ("P-0001", "cal-1")


def test_a_person_cannot_bring_a_formula_into_a_spreadsheet(tmp_path):
    store_sessions(tmp_path, sessions=1, reps=1)
    database = Database.open_writer(tmp_path)
    with database.session() as db:
        db.query(Person).update({"code": "=1+1"})
    database.close()
    assert _rows(tmp_path)[0]["person_id"] == "'=1+1"


def test_nothing_recorded_is_a_header_alone(tmp_path):
    assert _rows(tmp_path / "none") == []
