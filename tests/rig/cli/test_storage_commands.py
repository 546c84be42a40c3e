"""`sessions`, `export`, `calibration`, `tare` as people and programs use them."""

import csv
import io
import json
from contextlib import closing

import numpy as np
import pytest
from click.testing import CliRunner

from rig.calibration import typical_calibration
from rig.cli import cli
from rig.errors import CalibrationError, RigError, StorageError
from rig.export import REP_COLUMNS
from rig.reanalysis.signals import SIGNAL_COLUMNS
from rig.recording.columns import RAW_COLUMNS
from rig.recording.writer import RecordingWriter, recordings_dir
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from rig.storage.models import SessionRow
from tests.support.frames import frames
from tests.support.recordings import an_info
from tests.support.records import store_sessions


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in the state directory; its output, or the error that it ended with."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(cli, [*arguments, "--state-dir", str(tmp_path)])
        if isinstance(result.exception, RigError):
            raise result.exception
        return result

    return run


@pytest.fixture
def ids(tmp_path):
    return store_sessions(tmp_path, sessions=2, reps=3)


def _record(tmp_path, session_id, rows=50):
    writer = RecordingWriter(recordings_dir(tmp_path), an_info(session_id))
    writer.add_frames(frames([1, 2, 3, 4], rows=rows))
    writer.close()


def test_sessions_are_listed_for_people_and_programs(run, ids):
    lines = run("sessions", "list").output.splitlines()
    assert [line[:8] for line in lines[1:]] == [ids[1][:8], ids[0][:8]]
    listed = json.loads(run("sessions", "list", "--json").output)
    assert [one["id"] for one in listed] == ids[::-1]
    assert listed[0]["started_utc"] == "2026-03-01T10:30:00.000Z"


def test_a_session_of_an_unset_clock_and_a_torn_recording_are_marked_in_the_list(
    run, ids, tmp_path
):
    assert "~" not in run("sessions", "list").output
    with closing(Database.open_writer(tmp_path)) as database, database.session() as db:
        row = db.get_one(SessionRow, ids[0])
        row.clock_set, row.recording = False, "torn"
    _, newer, older, note = run("sessions", "list").output.splitlines()
    assert "2026-03-01 10:30:00" in newer
    assert newer.endswith("whole")
    assert "~2026-03-01 09:30:00" in older
    assert older.endswith("torn")
    assert note == "~ dated by a clock that nobody had set"


def test_nothing_recorded_is_said(run):
    assert run("sessions", "list").output == "Nothing has been recorded yet.\n"


def test_a_session_is_shown_by_the_beginning_of_its_id(run, ids):
    assert ids[0] in run("sessions", "show", ids[0][:8]).output
    detail = json.loads(run("sessions", "show", ids[0], "--json").output)
    assert len(detail["reps"]) == 3
    assert detail["summary"]["reps_counted"] == 3


@pytest.mark.parametrize("beginning", ["zzz", "", "%"])
def test_an_id_that_is_not_one_sessions_is_told(run, ids, beginning):
    with pytest.raises(StorageError, match="hinge-rig sessions list"):
        run("sessions", "show", beginning)


def test_repetitions_of_all_sessions_are_exported(run, ids):
    rows = list(csv.DictReader(io.StringIO(run("export", "--all").output)))
    assert [row["session_id"] for row in rows] == [ids[0]] * 3 + [ids[1]] * 3
    assert tuple(rows[0]) == REP_COLUMNS


def test_repetitions_of_one_session_go_into_a_file(run, ids, tmp_path):
    run("export", ids[1][:8], "--out", "reps.csv")
    text = (tmp_path / "reps.csv").read_bytes()
    assert text.count(b"\r\n") == 4
    assert ids[1].encode() in text


def test_raw_frames_of_one_session_are_exported(run, ids, tmp_path):
    _record(tmp_path, ids[0])
    lines = run("export", ids[0], "--format", "raw-csv").output.splitlines()
    assert lines[0] == ",".join(RAW_COLUMNS)
    assert len(lines) == 51


def test_raw_frames_of_several_sessions_go_into_a_directory(run, ids, tmp_path):
    for session_id in ids:
        _record(tmp_path, session_id)
    (tmp_path / "out").mkdir()
    run("export", "--all", "--format", "raw-csv", "--out", "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{one}.csv" for one in ids}


def _exported(run, *arguments):
    rows = csv.DictReader(io.StringIO(run("export", *arguments).output))
    return list(dict.fromkeys(row["session_id"] for row in rows))


def test_sessions_of_a_time_are_chosen_by_day_or_moment(run, ids):
    assert _exported(run, "--since", "2026-03-01") == ids
    assert _exported(run, "--since", "2026-03-01T10:00") == [ids[1]]
    assert _exported(run, "--until", "2026-03-01T10:00") == [ids[0]]
    assert _exported(run, "--until", "2026-03-01") == ids
    assert _exported(run, "--since", "2026-03-01T11:00+00:30", "--until", "2026-03-02") == [ids[1]]
    assert _exported(run, "--until", "2026-02-28") == []


def test_sessions_of_a_person_are_chosen(run, ids):
    assert _exported(run, "--person", "P-0001") == ids
    assert _exported(run, "--person", "P-0001", "--since", "2026-03-01T10:00") == [ids[1]]
    with pytest.raises(StorageError, match="no person 'P-9'; `hinge-rig people list`"):
        run("export", "--person", "P-9")


def test_a_date_that_is_none_is_wrong_usage(run, ids):
    assert "is no date such as" in run("export", "--since", "yesterday").output


def test_signals_of_one_session_are_exported(run, ids, tmp_path):
    _record(tmp_path, ids[0])
    lines = run("export", ids[0], "--format", "signals-csv").output.splitlines()
    assert lines[0] == ",".join(SIGNAL_COLUMNS)
    assert len(lines) == 51


def test_a_bundle_per_session_goes_into_a_directory(run, ids, tmp_path):
    (tmp_path / "out").mkdir()
    run("export", "--person", "P-0001", "--format", "bundle", "--out", "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{one}.zip" for one in ids}


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--all", "--format", "bundle"),
        ("export", "--all", "--person", "P-0001", "x"),
        ("export",),
        ("export", "--all", "x"),
        ("export", "--all", "--format", "raw-csv"),
    ],
)
def test_an_export_that_makes_no_sense_is_wrong_usage(run, ids, arguments):
    assert run(*arguments).exit_code == 2


def test_a_session_without_a_recording_has_no_raw_frames(run, ids, tmp_path):
    with pytest.raises(StorageError, match="no recording of session"):
        run("export", ids[0], "--format", "raw-csv", "--out", "raw.csv")
    assert not (tmp_path / "raw.csv").exists()


def test_a_calibration_goes_in_and_out_unchanged(run, tmp_path):
    document = typical_calibration(
        "rig-1", id="bench", created_utc="2026-01-01T00:00:00Z"
    ).to_json()
    (tmp_path / "bench.json").write_text(json.dumps(document))
    assert run("calibration", "import", "bench.json").output == "Calibration bench is in force.\n"
    run("calibration", "export", "--out", "out.json")
    assert json.loads((tmp_path / "out.json").read_text()) == document
    assert json.loads(run("calibration", "export").output) == document
    assert "bench  (import, " in run("calibration", "show").output


def test_the_history_of_calibrations_is_listed(run, ids):
    (only,) = json.loads(run("calibration", "history", "--json").output)
    assert (only["generation"], only["origin"], only["id"]) == (1, "default", "cal-1")
    assert "cal-1" in run("calibration", "history").output


def test_a_tare_shows_in_the_calibration(run, ids, tmp_path):
    database = Database.open_writer(tmp_path)
    calibrations = Calibrations(database)
    old = calibrations.current()
    new = old.calibration.with_zeros(np.arange(4.0), id="t", created_utc="2026-01-01T00:00:00Z")
    calibrations.add(new, "tare", stored_utc=old.stored_utc, parent_id="cal-1")
    database.close()
    shown = json.loads(run("calibration", "show", "--json").output)
    assert shown["parent_id"] == "cal-1"
    assert shown["calibration"]["cells"]["right_toe"]["zero_counts"] == 3.0


def test_a_calibration_that_cannot_be_right_is_refused(run, tmp_path):
    (tmp_path / "bad.json").write_text('{"version": 1}')
    with pytest.raises(CalibrationError, match=r"bad\.json: id must be a text"):
        run("calibration", "import", "bad.json")
    with pytest.raises(CalibrationError, match=r"none\.json: cannot be read: No such file"):
        run("calibration", "import", "none.json")
    with pytest.raises(CalibrationError, match="there is no calibration yet"):
        run("calibration", "show")


def test_while_a_recorder_runs_a_calibration_goes_through_it(run, tmp_path):
    document = typical_calibration(
        "rig-1", id="bench", created_utc="2026-01-01T00:00:00Z"
    ).to_json()
    (tmp_path / "bench.json").write_text(json.dumps(document))
    writer = Database.open_writer(tmp_path)
    with pytest.raises(StorageError, match="the recorder does not answer"):
        run("calibration", "import", "bench.json", "--run-dir", str(tmp_path))
    writer.close()


def test_a_tare_needs_a_running_recorder(run, tmp_path):
    with pytest.raises(StorageError, match="the recorder does not answer"):
        run("tare", "--run-dir", str(tmp_path))


@pytest.mark.parametrize("command", ["sessions", "export", "calibration", "tare", "recorder"])
def test_every_command_explains_itself(command):
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5
