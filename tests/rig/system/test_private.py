"""What is its owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from rig.errors import StorageError
from rig.handover.run_dir import RunDir
from rig.storage.database import Database
from rig.system.private import keep_private, private_directory, refuse_foreign


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def loose():
    """A process whose files everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_what_is_made_is_for_its_owner_only(tmp_path, loose):
    keep_private()
    private_directory(tmp_path / "a" / "state")
    (tmp_path / "a" / "state" / "file").touch()
    assert mode(tmp_path / "a" / "state") == 0o700
    assert mode(tmp_path / "a" / "state" / "file") == 0o600


def test_what_was_there_is_tightened_with_all_that_is_in_it(tmp_path, loose):
    inner = tmp_path / "state" / "recordings"
    inner.mkdir(parents=True)
    (inner / "x.mcap").touch()
    (inner / "link").symlink_to("/etc/hostname")
    before = mode(tmp_path.parent)
    private_directory(tmp_path / "state")
    assert [mode(p) for p in (tmp_path / "state", inner, inner / "x.mcap")] == [0o700, 0o700, 0o600]
    assert mode(tmp_path.parent) == before
    assert Path("/etc/hostname").stat().st_mode & 0o004  # what a link leads to is somebody else's


def test_the_database_and_its_directory_are_private(tmp_path, loose):
    keep_private()
    Database.open_writer(tmp_path / "state").close()
    assert mode(tmp_path / "state") == 0o700
    assert {mode(path) for path in (tmp_path / "state").iterdir()} == {0o600}


@pytest.mark.parametrize("bits", [0o755, 0o770, 0o707])
def test_a_run_directory_that_others_can_touch_is_refused(tmp_path, bits):
    run_dir = RunDir(tmp_path / "run")
    run_dir.path.mkdir()
    run_dir.path.chmod(bits)
    with pytest.raises(StorageError, match="is not ours alone"):
        run_dir.make()


def test_a_link_in_its_place_is_refused(tmp_path):
    (tmp_path / "there").mkdir(mode=0o700)
    (tmp_path / "run").symlink_to(tmp_path / "there")
    with pytest.raises(StorageError, match="is not ours alone"):
        refuse_foreign(tmp_path / "run")


def test_our_own_is_taken_again(tmp_path):
    RunDir(tmp_path / "run").make()
    RunDir(tmp_path / "run").make()
