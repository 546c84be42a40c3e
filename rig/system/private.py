"""Files and directories that are their owner's alone: what people did on the rig is in them."""

import os
import stat
from pathlib import Path
from typing import Final

from rig.errors import StorageError

_OTHERS: Final = 0o077


def keep_private() -> None:
    """What this process makes from now on only its owner can read."""
    os.umask(_OTHERS)


def private_directory(path: Path) -> None:
    """Make a directory of our own, or tighten one that others could look into, with all in it.

    `OSError` where it cannot be made.
    """
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.stat().st_uid == os.geteuid() and path.stat().st_mode & _OTHERS:
        for directory, _, files in os.walk(path, topdown=False):
            for name in files:
                _tighten(Path(directory, name))
            _tighten(Path(directory))


def refuse_foreign(path: Path) -> None:
    """`StorageError` if somebody else made this directory, or can write to it."""
    status = path.lstat()
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    if not ours or status.st_mode & _OTHERS:
        raise StorageError(
            f"{path} is there already and is not ours alone: take it away, "
            "or choose another with paths.run_dir"
        )


def _tighten(path: Path) -> None:
    mode = path.lstat().st_mode
    if mode & _OTHERS and not stat.S_ISLNK(mode):
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
