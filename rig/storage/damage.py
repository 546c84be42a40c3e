"""A damaged database's way out of the road, so that recording goes on with a new one."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from rig.storage.database import FILE_NAME, writer_lock

_log: Final = logging.getLogger(__name__)
_PARTS: Final = ("", "-wal", "-shm")


def set_aside_if_damaged(state_dir: Path, now_utc: datetime) -> None:
    """Rename a database that SQLite finds damaged to `hinge-rig.db.damaged-<time>`.

    Nothing of it is deleted or changed. `BusyError` where another process writes it, `OSError`
    where it cannot be renamed; a file that cannot be opened at all is left to who opens it next.
    """
    path = state_dir / FILE_NAME
    if not path.exists():
        return
    with closing(writer_lock(state_dir)):
        found = _damage(path)
        if not found:
            return
        aside = path.with_name(f"{FILE_NAME}.damaged-{now_utc:%Y%m%dT%H%M%SZ}")
        for part in reversed(_PARTS):
            if (one := Path(f"{path}{part}")).exists():
                one.rename(f"{aside}{part}")
        _log.error("%s is damaged (%s) and kept as %s", path, found, aside.name)


def set_aside_before(state_dir: Path) -> list[str]:
    """Names of the damaged databases that are kept, oldest first."""
    names = sorted(one.name for one in state_dir.glob(f"{FILE_NAME}.damaged-*"))
    return [name for name in names if not name.endswith(_PARTS[1:])]


def _damage(path: Path) -> str:
    """What SQLite says of it; empty where it is whole, or cannot be looked at."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.OperationalError:
        return ""
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else " ".join(found.split())
