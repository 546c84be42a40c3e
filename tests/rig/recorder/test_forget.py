"""What is deleted is gone: from tables, files and the database's own pages."""

import json
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from rig.cli import cli
from rig.errors import BusyError, StorageError
from rig.handover.frame_ring import FrameWriter
from rig.recorder.restart.rescan import rescan
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.models import AuditRow
from rig.storage.settings import Settings
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

SCRIPT = {**IN_SET, **rep_at(900, 1)}


@pytest.fixture
def rig(tmp_path, monkeypatch):
    """Two people have trained, one session each; the second gave a name."""
    monkeypatch.chdir(tmp_path)
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        rig.feed(9, 700)
        rig.command("next_person", name="Somebody Rather Long")
        rig.feed(9, 700)
        rig.stop()
        yield rig


def _run(rig, *arguments):
    result = CliRunner().invoke(cli, ["people", *arguments, "--state-dir", str(rig.state_dir)])
    if isinstance(result.exception, StorageError | BusyError):
        raise result.exception
    return result


def _everything(state_dir):
    return b"".join(path.read_bytes() for path in sorted(state_dir.rglob("*")) if path.is_file())


def test_deleting_a_person_leaves_nothing_of_them_in_any_file(rig):
    listed = json.loads(_run(rig, "list", "--json").output)
    assert [(one["person_id"], one["sessions"]) for one in listed] == [("P-0001", 1), ("P-0002", 1)]
    assert b"Somebody Rather Long" in _everything(rig.state_dir)
    assert _run(rig, "delete", "P-0002", "--yes").output == "P-0002 and 1 session are deleted.\n"
    assert b"Somebody Rather Long" not in _everything(rig.state_dir)
    with closing(Database.open_reader(rig.state_dir)) as database:
        assert Settings(database).get("context")["person_id"] is None
    assert len(list(recordings_dir(rig.state_dir).iterdir())) == 1
    assert [one["person_id"] for one in json.loads(_run(rig, "list", "--json").output)] == [
        "P-0001"
    ]


def test_the_other_person_keeps_everything_and_a_rescan_finds_nothing(rig):
    _run(rig, "delete", "P-0002", "--yes")
    with closing(Database.open_writer(rig.state_dir)) as database:
        assert rescan(database, recordings_dir(rig.state_dir)) == ([], [])
        left = History(database).sessions()
    assert [(one.person_id, one.reps) for one in left] == [("P-0001", 1)]


def test_a_deletion_is_audited_by_code_and_counts(rig):
    _run(rig, "delete", "P-0002", "--yes")
    with closing(Database.open_reader(rig.state_dir)) as database, database.session() as db:
        (line,) = db.scalars(select(AuditRow))
    assert (line.action, line.subject) == ("delete person", "P-0002")
    assert line.details == {"sessions": 1, "files": 1}


def test_nothing_is_deleted_without_a_yes(rig):
    assert _run(rig, "delete", "P-0002").exit_code == 1
    assert len(json.loads(_run(rig, "list", "--json").output)) == 2


def test_nobody_is_deleted_while_the_rig_runs_or_by_a_wrong_code(rig):
    with pytest.raises(StorageError, match="no person 'P-9'; `hinge-rig people list`"):
        _run(rig, "delete", "P-9", "--yes")
    rig.start()
    with pytest.raises(BusyError):
        _run(rig, "delete", "P-0002", "--yes")


def _leave_ring(path):
    """A ring whose sampler is dead."""
    program = (
        "import sys; from pathlib import Path; from rig.handover.frame_ring import FrameWriter\n"
        "FrameWriter(Path(sys.argv[1])).close()"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)


def test_the_last_minutes_that_a_killed_rig_has_left_go_too(rig, tmp_path, monkeypatch):
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    ring = tmp_path / "frames.ring"
    _leave_ring(ring)
    _run(rig, "delete", "P-0002", "--yes")
    assert not ring.exists()


def test_nobody_is_deleted_while_a_sampler_runs_alone(rig, tmp_path, monkeypatch):
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    with closing(FrameWriter(tmp_path / "frames.ring")), pytest.raises(BusyError, match="sampler"):
        _run(rig, "delete", "P-0002", "--yes")
    assert len(json.loads(_run(rig, "list", "--json").output)) == 2


def test_a_person_gets_all_that_is_stored_about_them(rig, tmp_path):
    _run(rig, "export", "P-0002", "--out", "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as file:
        names = file.namelist()
        person = json.loads(file.read("person.json"))
    (session,) = (one for one in _sessions(rig) if one.person_id == "P-0002")
    assert person["name"] == "Somebody Rather Long"
    assert f"sessions/{session.id}/recording/{session.id}.mcap" in names
    assert f"sessions/{session.id}/reps.csv" in names
    assert {name.split("/")[1] for name in names if name.startswith("sessions/")} == {session.id}


def _sessions(rig):
    with closing(Database.open_reader(rig.state_dir)) as database:
        return History(database).sessions()


def test_a_name_and_a_height_are_given_and_the_name_taken_back(rig):
    _run(rig, "set", "P-0001", "--height-m", "1.82")
    _run(rig, "set", "P-0002", "--name", "")
    first, second = json.loads(_run(rig, "list", "--json").output)
    assert (first["height_m"], first["name"]) == (1.82, None)
    assert (second["height_m"], second["name"]) == (None, None)
    assert "1.82" in _run(rig, "list").output
    assert _run(rig, "set", "P-0001", "--height-m", "182").exit_code == 2


@pytest.fixture
def old_rig(tmp_path):
    """Recordings are kept for ten days; a session is two days old."""
    with RecorderRig(tmp_path, scripted(SCRIPT), storage__keep_raw_days=10) as rig:
        rig.feed(5)
        rig.feed(9, 700)
        rig.stop()
        rig.clock.off_by = timedelta(days=2)
        yield rig


def _recordings(rig):
    return len(list(recordings_dir(rig.state_dir).iterdir()))


def test_a_raw_recording_is_removed_when_it_is_too_old_and_its_repetitions_stay(old_rig):
    old_rig.start()
    old_rig.feed(1)
    assert _recordings(old_rig) == 1
    old_rig.stop()
    old_rig.clock.off_by = timedelta(days=11)
    old_rig.start()
    old_rig.feed(1)
    (session,) = old_rig.history.sessions()
    assert _recordings(old_rig) == 0
    assert (session.recording, session.reps) == ("removed", 1)


def test_a_clock_that_nobody_has_set_removes_nothing(old_rig):
    old_rig.clock.off_by, old_rig.clock.set = timedelta(days=400), False
    old_rig.start()
    old_rig.feed(1)
    assert _recordings(old_rig) == 1
