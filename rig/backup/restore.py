"""Putting a backup in place of the present state, which is kept aside."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rig.backup.layout import LOGINS, RECORDINGS, check_backup
from rig.errors import StorageError
from rig.storage.audit import record
from rig.storage.database import FILE_NAME, Database
from rig.system.lock import LockFile


def restore(backup: Path, state_dir: Path) -> Path | None:
    """Check the backup, put it in place; where the state before lies now, None if there was none.

    Refused while a rig runs (`BusyError`), for a damaged backup (`FormatError`, `StorageError`) and
    for one of a newer version (`StorageError`); then nothing has been touched.
    """
    made_utc = check_restorable(backup)
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
        with closing(_claim(state_dir)):
            aside = _replace(backup, state_dir)
    except OSError as error:
        raise StorageError(f"{state_dir}: cannot be restored: {error.strerror}") from None
    with closing(Database.open_writer(state_dir)) as database, database.session() as db:
        record(db, "restore", backup.name, {"made_utc": made_utc})
    return aside


def check_restorable(backup: Path) -> str:
    """When the backup was made; `FormatError` or `StorageError` where it cannot be put back."""
    manifest = check_backup(backup)
    with closing(Database.open_copy(backup)):
        pass  # its version can be read
    return str(manifest["made_utc"])


def recordings_since(backup: Path, aside: Path) -> int:
    """How many recordings of the state that was put aside began after the backup."""
    then, before = ({path.name for path in (one / RECORDINGS).glob("*")} for one in (backup, aside))
    return len(before - then)


def _claim(state_dir: Path) -> LockFile:
    busy = f"a rig runs with {state_dir} (process {{pid}}); stop it first"
    LockFile(state_dir / "writer.lock", busy).close()
    return LockFile(state_dir / "run.lock", busy)


def _replace(backup: Path, state_dir: Path) -> Path | None:
    """Copy beside the present state first, so that the exchange itself is a few renames."""
    fresh = state_dir / ".restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(backup / RECORDINGS, fresh / RECORDINGS)
    databases = [name for name in (FILE_NAME, LOGINS) if (backup / name).exists()]
    for name in databases:
        shutil.copy2(backup / name, fresh / name)
    present = [*state_dir.glob(RECORDINGS)]
    present += [path for name in databases for path in state_dir.glob(f"{name}*")]
    aside = state_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    for path in present:
        aside.mkdir(exist_ok=True)
        path.rename(aside / path.name)
    for path in fresh.iterdir():
        path.rename(state_dir / path.name)
    fresh.rmdir()
    return aside if present else None
