"""Whatever is wrong with the files: one clear line, and they stay as they are."""

import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from rig.cli import cli
from rig.errors import BusyError, RigError, StorageError
from rig.storage.damage import set_aside_before, set_aside_if_damaged
from rig.storage.database import FILE_NAME, Database, writer_lock
from rig.storage.people import People
from tests.support.full_disk import largest_file
from tests.support.records import START, store_sessions

PAGE = 4096
NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    """A database of some fifty pages."""
    store_sessions(tmp_path, sessions=10, reps=30)
    return tmp_path / FILE_NAME


def _say(state_dir, *command):
    """What a command says of a failure; nothing if it succeeds."""
    result = CliRunner().invoke(cli, [*command, "--state-dir", str(state_dir)])
    if result.exception is None:
        return ""
    assert isinstance(result.exception, RigError), repr(result.exception)
    return str(result.exception)


def _garble(path, start, length):
    data = bytearray(path.read_bytes())
    data[start : start + length] = Random(start).randbytes(length)
    path.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("length", [16, 100, PAGE])
def test_a_garbled_header_is_told_with_what_to_do(path, length):
    garbled = _garble(path, 0, length)
    for command in (("sessions", "list"), ("export", "--all"), ("sessions", "rescan")):
        said = _say(path.parent, *command)
        assert FILE_NAME in said
        assert "hinge-rig restore" in said
        assert len(said.splitlines()) == 1
    assert path.read_bytes() == garbled


def test_a_garbled_page_is_told_by_whoever_needs_it_and_always_by_a_backup(path):
    whole = path.read_bytes()
    for page in range(1, len(whole) // PAGE, 3):
        path.write_bytes(whole)
        garbled = _garble(path, page * PAGE, PAGE)
        for command in (("sessions", "list"), ("export", "--all", "--out", "/dev/null")):
            said = _say(path.parent, *command[:2])
            assert len(said.splitlines()) <= 1
            assert not said or FILE_NAME in said
        assert re.search("damaged|malformed", _say(path.parent, "backup"))
        assert path.read_bytes() == garbled


def test_a_full_disk_is_told_and_leaves_what_was_committed(tmp_path):
    with closing(Database.open_writer(tmp_path)) as database:
        People(database).add(created_utc=START)
        with (
            largest_file(PAGE),
            pytest.raises(StorageError, match=r"make room|disk I/O error"),
        ):
            _add_people(database, 100)
        before = len(People(database).all())
        assert before >= 1
    with closing(Database.open_writer(tmp_path)) as database:
        assert len(People(database).all()) == before


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_whole_database_and_none_at_all_are_left_where_they_are(path, tmp_path):
    whole = path.read_bytes()
    set_aside_if_damaged(path.parent, NOON)
    set_aside_if_damaged(tmp_path / "elsewhere", NOON)
    assert path.read_bytes() == whole
    assert set_aside_before(path.parent) == []


@pytest.mark.parametrize("start", [0, 2 * PAGE])
def test_a_damaged_one_is_renamed_with_its_log_and_nothing_in_it_changes(path, start):
    garbled = _garble(path, start, PAGE)
    log = path.with_name(f"{FILE_NAME}-wal")
    log.write_bytes(b"what came last")
    set_aside_if_damaged(path.parent, NOON)
    assert set_aside_before(path.parent) == [f"{FILE_NAME}.damaged-20260301T120000Z"]
    aside = path.with_name(f"{FILE_NAME}.damaged-20260301T120000Z")
    assert aside.read_bytes() == garbled
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"what came last"
    assert not path.exists()
    with closing(Database.open_writer(path.parent)) as database:
        assert People(database).all() == []


def test_one_that_another_process_writes_is_not_touched(path):
    _garble(path, 2 * PAGE, PAGE)
    with closing(writer_lock(path.parent)), pytest.raises(BusyError):
        set_aside_if_damaged(path.parent, NOON)
    assert path.exists()


def _add_people(database, count):
    for _ in range(count):
        People(database).add(created_utc=START)


@pytest.fixture
def state_dir():
    """A state directory that everybody may look into."""
    with TemporaryDirectory() as directory:
        store_sessions(Path(directory), sessions=1)
        yield Path(directory)


@pytest.mark.parametrize(("mode", "command"), [(0o000, "list"), (0o444, "rescan")])
def test_files_that_one_has_no_right_to_are_named(state_dir, mode, command):
    (state_dir / FILE_NAME).chmod(mode)
    state_dir.chmod(0o555)
    done = _without_rights("sessions", command, "--state-dir", str(state_dir))
    state_dir.chmod(0o755)
    assert done.returncode == 1
    assert str(state_dir) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def _without_rights(*command):
    """Run a command as this user; a superuser, who may do anything, becomes nobody first."""
    program = (
        "import os\n"
        "import rig.cli.sessions\n"
        "from rig.cli import main\n"
        f"if os.geteuid() == 0: os.setuid({NOBODY})\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *command],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
