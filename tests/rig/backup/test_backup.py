"""A backup is whole or is not there; a restore checks first and loses nothing."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from rig.backup.layout import LOGINS, MANIFEST, RECORDINGS, check_backup
from rig.backup.make import backups, make_backup
from rig.backup.restore import restore
from rig.cli import cli
from rig.errors import BusyError, FormatError, StorageError
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.database import FILE_NAME, Database
from rig.storage.history import History
from rig.storage.models import AuditRow, SessionRow
from rig.system.lock import LockFile
from tests.support.recorded_rig import steady_session
from tests.support.recorder_rig import RecorderRig
from tests.support.records import a_session, store_sessions


def _quiet(_):
    pass


@pytest.fixture
def rig(tmp_path):
    """A rig with somebody on it."""
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.feed(3, 700)
        yield rig


@pytest.fixture
def state_dir(rig):
    rig.stop()
    return rig.state_dir


@pytest.fixture
def backup(state_dir, tmp_path):
    return make_backup(state_dir, tmp_path / "backups", 3, _quiet)


def _session_ids(state_dir):
    with closing(Database.open_reader(state_dir)) as database:
        return History(database).session_ids()


def _contents(directory):
    return {str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*.*")
            if p.is_file()}  # fmt: skip


def test_a_backup_of_a_recording_rig_has_its_session_and_an_exact_beginning_of_it(rig, tmp_path):
    made = make_backup(rig.state_dir, tmp_path / "backups", 3, _quiet)
    (session,) = rig.history.sessions()
    rig.feed(2, 700)
    restore(made, tmp_path / "elsewhere")
    assert _session_ids(tmp_path / "elsewhere") == [session.id]
    frames = list(Recording(recordings_dir(tmp_path / "elsewhere"), session.id).blocks())
    assert 450 < sum(map(len, frames)) <= 510


def test_only_the_newest_backups_are_kept(state_dir, tmp_path):
    made = [make_backup(state_dir, tmp_path / "backups", 2, _quiet) for _ in range(4)]
    assert backups(tmp_path / "backups") == made[2:]


def test_a_recording_that_has_not_changed_takes_no_further_space(backup, state_dir, tmp_path):
    again = make_backup(state_dir, tmp_path / "backups", 3, _quiet)
    (first,), (second,) = ((one / "recordings").iterdir() for one in (backup, again))
    assert first.samefile(second)


def test_a_damaged_database_is_not_backed_up_and_the_old_backup_stays(backup, state_dir, tmp_path):
    (state_dir / FILE_NAME).write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)
    with pytest.raises(StorageError, match=FILE_NAME):
        make_backup(state_dir, tmp_path / "backups", 1, _quiet)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [backup.name]


def test_logins_are_backed_up_and_restored_where_a_rig_has_them(state_dir, tmp_path):
    before_logins = make_backup(state_dir, tmp_path / "backups", 2, _quiet)
    _log_in(state_dir, "coach")
    with_logins = make_backup(state_dir, tmp_path / "backups", 2, _quiet)
    _log_in(state_dir, "newer")
    restore(with_logins, state_dir)
    assert _logins(state_dir) == ["coach"]
    restore(before_logins, state_dir)
    assert _logins(state_dir) == ["coach"]  # a backup without logins takes none away


def _log_in(state_dir, name):
    with closing(sqlite3.connect(state_dir / LOGINS)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS users (name TEXT)")
        database.execute("INSERT INTO users VALUES (?)", [name])


def _logins(state_dir):
    with closing(sqlite3.connect(state_dir / LOGINS)) as database:
        return [name for (name,) in database.execute("SELECT name FROM users")]


@pytest.mark.parametrize("name", [FILE_NAME, "recordings"])
def test_a_garbled_backup_is_refused_and_the_state_left_alone(backup, state_dir, name):
    path = backup / name
    path = next(path.iterdir()) if path.is_dir() else path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    before = _contents(state_dir)
    with pytest.raises(FormatError, match="not what the manifest says; use another backup"):
        restore(backup, state_dir)
    assert _contents(state_dir) == before


def test_a_backup_with_a_missing_file_or_of_a_newer_version_is_refused(backup, state_dir):
    manifest = json.loads((backup / MANIFEST).read_text())
    (backup / MANIFEST).write_text(json.dumps({**manifest, "version": 2}))
    with pytest.raises(FormatError, match="version 2, this program reads 1"):
        restore(backup, state_dir)
    (backup / MANIFEST).write_text(json.dumps(manifest))
    next((backup / "recordings").iterdir()).unlink()
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        restore(backup, state_dir)


@pytest.mark.parametrize("text", ["", "{}", '{"format": "zip", "version": 1, "files": {}}'])
def test_what_is_no_backup_is_refused(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(FormatError, match=MANIFEST):
        check_backup(tmp_path)


def test_a_restore_keeps_the_present_state_aside_and_is_audited(backup, state_dir):
    before = _session_ids(state_dir)
    newer = _one_more_session(state_dir)
    aside = restore(backup, state_dir)
    assert _session_ids(state_dir) == before
    assert set(_session_ids(aside)) == {*before, *newer}
    assert (aside / "recordings").is_dir()
    with closing(Database.open_reader(state_dir)) as database, database.session() as db:
        assert db.scalars(select(AuditRow.action)).all() == ["restore"]


def _one_more_session(state_dir):
    """The ids of those that were added."""
    with closing(Database.open_writer(state_dir)) as database, database.session() as db:
        old = db.scalars(select(SessionRow)).first()
        new = a_session(old.person_id, old.calibration_id)
        db.add(new)
        return [new.id]


def test_recordings_that_are_newer_than_the_backup_come_back_by_a_rescan(tmp_path):
    with steady_session(tmp_path):
        pass
    state_dir = tmp_path / "state"
    (first,) = _session_ids(state_dir)
    made = make_backup(state_dir, tmp_path / "backups", 3, _quiet)
    with steady_session(tmp_path, seed=4):
        pass
    options = ["--state-dir", str(state_dir)]
    done = CliRunner().invoke(cli, ["restore", str(made), "--yes", *options])
    (aside,) = state_dir.glob("before-restore-*")
    assert _session_ids(state_dir) == [first]
    assert "1 of its recordings is newer than the backup: copy what is in" in done.output
    shutil.copytree(aside / RECORDINGS, recordings_dir(state_dir), dirs_exist_ok=True)
    assert CliRunner().invoke(cli, ["sessions", "rescan", *options]).output == (
        "1 session found again.\n"
    )
    assert len(_session_ids(state_dir)) == 2


def test_a_running_rig_is_not_restored(rig, tmp_path):
    made = make_backup(rig.state_dir, tmp_path / "backups", 3, _quiet)
    with pytest.raises(BusyError, match="stop it first"):
        restore(made, rig.state_dir)
    assert rig.history.session_count() == 1


def test_what_a_killed_backup_left_is_cleared_away(state_dir, tmp_path):
    left = tmp_path / "backups" / ".hinge-rig-20260301T020000000000Z.part"
    left.mkdir(parents=True)
    (left / FILE_NAME).write_bytes(b"half")
    made = make_backup(state_dir, tmp_path / "backups", 3, _quiet)
    assert list((tmp_path / "backups").iterdir()) == [made]


def test_two_backups_at_once_are_one_too_many(state_dir, tmp_path):
    (tmp_path / "backups").mkdir()
    with (
        closing(LockFile(tmp_path / "backups" / "backup.lock", "")),
        pytest.raises(BusyError, match="makes a backup here"),
    ):
        make_backup(state_dir, tmp_path / "backups", 3, _quiet)


def test_a_medium_without_links_gets_copies(state_dir, tmp_path, monkeypatch):
    make_backup(state_dir, tmp_path / "backups", 3, _quiet)

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    made = make_backup(state_dir, tmp_path / "backups", 3, _quiet)
    (recording,) = (made / RECORDINGS).iterdir()
    assert recording.stat().st_nlink == 1
    check_backup(made)


def test_where_nothing_was_recorded_there_is_nothing_to_back_up(tmp_path):
    with pytest.raises(StorageError, match="nothing has been recorded here yet"):
        make_backup(tmp_path / "none", tmp_path / "backups", 3, _quiet)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_say_where_everything_lies(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store_sessions(tmp_path / "state")

    def run(*arguments):
        return CliRunner().invoke(cli, [*arguments, "--state-dir", "state"])

    assert run("backup").output.endswith(": made and checked.\n")
    (made,) = (tmp_path / "state" / "backups").iterdir()
    asked = run("restore", str(made))
    assert asked.exit_code == 1  # and not answered
    assert "made 20" in asked.output
    assert "Replace" not in run("restore", "state").output  # what is no backup is not asked about
    done = run("restore", str(made), "--yes")
    assert "The state before lies in state/before-restore-" in done.output
    assert len(_session_ids(tmp_path / "state")) == 2
