"""What is set at run time and outlives a restart: one JSON value per name."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from rig.errors import StorageError
from rig.storage.database import Database
from rig.storage.models import SettingRow


class Settings:
    """Reads and writes named values."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Any:
        """The value as JSON gives it; None if there is none.

        `StorageError` where what is stored is no JSON.
        """
        with self._database.session() as db:
            return get(db, name)

    def put(self, name: str, value: Any, *, changed_utc: datetime) -> bool:
        """Store a value; False, and nothing is written, if it is stored already."""
        with self._database.session() as db:
            return put(db, name, value, changed_utc=changed_utc)


def get(db: Session, name: str) -> Any:
    """As `Settings.get`, within a transaction that does more."""
    row = db.get(SettingRow, name)
    try:
        return None if row is None else json.loads(row.value)
    except (ValueError, RecursionError) as error:
        raise StorageError(f"setting {name!r} cannot be read: {error}") from None


def put(db: Session, name: str, value: Any, *, changed_utc: datetime) -> bool:
    """As `Settings.put`, within a transaction that does more."""
    text = json.dumps(value, sort_keys=True, allow_nan=False)
    row = db.get(SettingRow, name)
    if row is None:
        db.add(SettingRow(name=name, value=text, changed_utc=changed_utc))
    elif row.value != text:
        row.value, row.changed_utc = text, changed_utc
    else:
        return False
    return True
