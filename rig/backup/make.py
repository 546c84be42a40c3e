"""Making a backup while the rig runs, and keeping only the newest ones."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rig import __version__
from rig.backup.layout import FORMAT, LOGINS, MANIFEST, PREFIX, RECORDINGS, VERSION, check_backup
from rig.errors import StorageError
from rig.export.files import write_file
from rig.recording.writer import recordings_dir
from rig.storage.copy import copy_database
from rig.storage.database import FILE_NAME
from rig.system.checksum import checksum
from rig.system.lock import LockFile
from rig.system.utc import iso_utc

Told = Callable[[str], None]
_PART: Final = ".part"


def make_backup(state_dir: Path, into: Path, keep: int, told: Told) -> Path:
    """A new backup in the directory `into`, checked; all but the newest `keep` are removed.

    The database is copied first, so that it never names a recording which the backup lacks; of a
    recording that grows meanwhile the backup has an exact beginning. A recording that has not
    changed since the last backup is linked to that one where the medium allows it. `StorageError`
    says what is wrong, `BusyError` that somebody else makes one; then there is no new backup, and
    the old ones are still there.
    """
    if not (state_dir / FILE_NAME).exists():
        raise StorageError(f"{state_dir}: nothing has been recorded here yet; is it the right one?")
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{into}: no backup can be made: {error.strerror}") from None
    with closing(LockFile(into / "backup.lock", f"{into}: process {{pid}} makes a backup here")):
        for left in into.glob(f".{PREFIX}*{_PART}"):  # by one that was killed
            shutil.rmtree(left)
        return _make(state_dir, into, keep, told)


def _make(state_dir: Path, into: Path, keep: int, told: Told) -> Path:
    made_utc = datetime.now(UTC)
    backup = into / f"{PREFIX}{made_utc:%Y%m%dT%H%M%S%fZ}"
    unfinished = into / f".{backup.name}{_PART}"
    before = backups(into)
    try:
        (unfinished / RECORDINGS).mkdir(parents=True)
        copy_database(state_dir / FILE_NAME, unfinished / FILE_NAME)
        if (state_dir / LOGINS).exists():
            copy_database(state_dir / LOGINS, unfinished / LOGINS)
        _copy_recordings(state_dir, unfinished, before[-1] if before else None, told)
        _write_manifest(unfinished, made_utc)
        check_backup(unfinished)
        unfinished.rename(backup)
    except OSError as error:
        raise StorageError(f"{into}: no backup can be made: {error.strerror}") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for old in [*before, backup][:-keep]:
        shutil.rmtree(old)
    return backup


def backups(into: Path) -> list[Path]:
    """The complete backups in a directory, oldest first."""
    return sorted(path for path in into.glob(f"{PREFIX}*") if (path / MANIFEST).exists())


def _copy_recordings(state_dir: Path, backup: Path, before: Path | None, told: Told) -> None:
    for path in sorted(recordings_dir(state_dir).glob("*.mcap")):
        target = backup / RECORDINGS / path.name
        earlier = before / RECORDINGS / path.name if before else None
        if earlier and _unchanged(path, earlier) and _linked(earlier, target):
            continue
        told(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
        shutil.copy2(path, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())


def _linked(earlier: Path, target: Path) -> bool:
    """Whether the medium can have one file under two names; many a stick cannot."""
    try:
        os.link(earlier, target)
    except OSError:
        return False
    return True


def _unchanged(path: Path, earlier: Path) -> bool:
    if not earlier.exists():
        return False
    now, then = path.stat(), earlier.stat()
    return (now.st_size, now.st_mtime_ns) == (then.st_size, then.st_mtime_ns)


def _write_manifest(backup: Path, made_utc: datetime) -> None:
    files = sorted(path for path in backup.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_utc": iso_utc(made_utc),
        "made_by": f"hinge-rig {__version__}",
        "files": {str(path.relative_to(backup)): checksum(path) for path in files},
    }
    write_file(backup / MANIFEST, [json.dumps(manifest, indent=2).encode()])
