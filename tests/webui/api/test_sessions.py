import csv
import io
import uuid

import pytest

from rig.export import REP_COLUMNS
from rig.recording.columns import RAW_COLUMNS
from rig.recording.writer import RecordingWriter, recordings_dir
from tests.support.feeder import live_rows
from tests.support.recordings import an_info
from tests.support.records import store_sessions

UNKNOWN = uuid.UUID(int=0)


@pytest.fixture
def session_ids(config):
    return store_sessions(config.state_dir, sessions=3, reps=4)


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.text)))


def test_sessions_are_listed_newest_first(client, session_ids):
    listed = client.get("/api/v1/sessions").json
    assert [session["id"] for session in listed["sessions"]] == session_ids[::-1]
    assert listed["total"] == 3
    assert listed["sessions"][2]["started_utc"] == "2026-03-01T09:30:00.000Z"


def test_a_page_of_the_list_can_be_asked_for(client, session_ids):
    listed = client.get("/api/v1/sessions?limit=1&offset=1").json
    assert [session["id"] for session in listed["sessions"]] == [session_ids[1]]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "offset=-1", "limit=%C2%B2"])
def test_a_page_that_cannot_be_is_refused_with_what_is_allowed(client, query):
    answer = client.get(f"/api/v1/sessions?{query}")
    assert answer.status_code == 400
    assert "allowed is a whole number" in answer.json["detail"]


def test_before_anything_was_recorded_the_list_is_empty(client):
    assert client.get("/api/v1/sessions").json["sessions"] == []


def test_a_session_has_its_sets_reps_and_events(client, session_ids):
    listed = client.get("/api/v1/sessions").json["sessions"][-1]
    session = client.get(listed["href"]).json
    assert session["id"] == session_ids[0]
    assert len(session["sets"]) == 1
    assert [rep["rep_index"] for rep in session["reps"]] == [1, 2, 3, 4]
    assert session["reps"][0]["eccentric_s"] == pytest.approx(1.25)
    assert session["events"][0]["name"] == "person_on"


@pytest.mark.parametrize("path", [f"{UNKNOWN}", f"{UNKNOWN}/reps.csv", f"{UNKNOWN}/raw.csv", "x"])
def test_an_unknown_session_is_not_found(client, path):
    answer = client.get(f"/api/v1/sessions/{path}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_reps_come_as_a_csv_file_named_after_the_session(client, session_ids):
    answer = client.get(f"/api/v1/sessions/{session_ids[0]}/reps.csv")
    assert answer.mimetype == "text/csv"
    name = f"hinge-rig-20260301T093000Z-{session_ids[0][:8]}-reps.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    header, *rows = rows_of(answer)
    assert header == list(REP_COLUMNS)
    assert len(rows) == 4
    assert {row[0] for row in rows} == {session_ids[0]}


def test_raw_frames_come_as_a_csv_file(client, config, session_ids):
    directory = recordings_dir(config.state_dir)
    directory.mkdir()
    frames = live_rows(0, 250)["frame"]
    writer = RecordingWriter(directory, an_info(session_ids[0]))
    writer.add_frames(frames)
    writer.close()
    answer = client.get(f"/api/v1/sessions/{session_ids[0]}/raw.csv")
    header, *rows = rows_of(answer)
    assert header == list(RAW_COLUMNS)
    assert len(rows) == 250


def test_a_session_without_a_recording_says_so(client, session_ids):
    answer = client.get(f"/api/v1/sessions/{session_ids[0]}/raw.csv")
    assert answer.status_code == 404
    assert "recording" in answer.json["detail"]


def test_a_damaged_database_is_a_problem_with_its_reason(client, config):
    (config.state_dir / "hinge-rig.db").write_bytes(b"no database" * 100)
    answer = client.get("/api/v1/sessions")
    assert answer.status_code == 503
    assert answer.json["detail"].startswith("The history cannot be read")
