"""Copying a database that may be in use, and checking that one is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from rig.errors import StorageError


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy in one file of its own, checked and synced; it takes `target`'s name last.

    Works while a writer writes. `StorageError` says what is wrong; then there is no new file.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with closing(_open(source)) as old, closing(sqlite3.connect(unfinished)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        check_database(unfinished)
        _sync(unfinished)
        unfinished.replace(target)
    except sqlite3.Error as error:
        raise StorageError(f"{source}: cannot be copied: {error}") from None
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def check_database(path: Path) -> None:
    """Read every page. `StorageError` where one is damaged or a reference leads nowhere."""
    try:
        with closing(_open(path)) as database:
            (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            astray = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise StorageError(f"{path}: is damaged: {error}") from None
    if found != "ok" or astray:
        raise StorageError(f"{path}: is damaged: {' '.join(str(astray or found).split())}")


def _open(path: Path) -> sqlite3.Connection:
    """Read only; a copy waits for a writer's commit instead of failing."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
