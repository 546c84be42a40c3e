"""What is set at run time and outlives a restart: one JSON value per name.

A number has to stand in a list or an object: SQLite does not keep a bare 1.0 apart from 1.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
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
            return _read(db, name)

    def put(self, name: str, value: Any, *, changed_utc: datetime) -> bool:
        """Store a value; False, and nothing is written, if it is stored already."""
        with self._database.session() as db:
            return put(db, name, value, changed_utc=changed_utc)


def put(db: Session, name: str, value: Any, *, changed_utc: datetime) -> bool:
    """As `Settings.put`, within a transaction that does more."""
    try:
        if _text(_read(db, name)) == _text(value):
            return False
    except StorageError:
        pass  # whatever it was, it gives way
    db.execute(delete(SettingRow).where(SettingRow.name == name))
    db.add(SettingRow(name=name, value=value, changed_utc=changed_utc))
    return True


def _read(db: Session, name: str) -> Any:
    try:
        return db.scalar(select(SettingRow.value).where(SettingRow.name == name))
    except (ValueError, TypeError) as error:
        raise StorageError(f"setting {name!r} cannot be read: {error}") from None


def _text(value: Any) -> str:
    """For comparing: in Python true is 1, in JSON it is not."""
    return json.dumps(value, sort_keys=True)
