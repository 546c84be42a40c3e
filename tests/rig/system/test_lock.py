"""A lock file: one holder, named; removed when it is let go of."""

import os

import pytest

from rig.errors import BusyError, StorageError
from rig.system.lock import LockFile

BUSY = "held by process {pid}"


def test_a_second_one_is_told_who_holds_it(tmp_path):
    first = LockFile(tmp_path / "lock", BUSY)
    with pytest.raises(BusyError, match=f"held by process {os.getpid()}"):
        LockFile(tmp_path / "lock", BUSY)
    first.close()


def test_it_is_gone_after_close_and_can_be_taken_again(tmp_path):
    LockFile(tmp_path / "lock", BUSY).close()
    assert list(tmp_path.iterdir()) == []
    LockFile(tmp_path / "lock", BUSY).close()


def test_a_file_left_by_a_process_that_died_holds_nobody_up(tmp_path):
    (tmp_path / "lock").write_text("4711\n")
    LockFile(tmp_path / "lock", BUSY).close()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(StorageError, match="cannot be written"):
        LockFile(tmp_path / "missing" / "lock", BUSY)


def test_a_full_disk_leaves_no_file(tmp_path, monkeypatch):
    def no_space():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "getpid", no_space)
    with pytest.raises(StorageError, match="No space left"):
        LockFile(tmp_path / "lock", BUSY)
    assert list(tmp_path.iterdir()) == []
