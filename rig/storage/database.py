"""Opening the database: one writer that migrates it, any number of readers."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.orm import Session

from rig.errors import DamagedError, StorageError
from rig.storage.copy import copy_database
from rig.storage.engine import empty_engine, file_engine, migrate
from rig.storage.migrations import HEAD
from rig.system.lock import LockFile
from rig.system.private import private_directory

_log: Final = logging.getLogger(__name__)
FILE_NAME: Final = "hinge-rig.db"


def writer_lock(state_dir: Path) -> LockFile:
    """Be the only one who writes the database until `close`; `BusyError` where another does."""
    return LockFile(
        state_dir / "writer.lock",
        f"{state_dir} is in use by process {{pid}} (a running recorder?)",
    )


class Database:
    """Gives sessions on the database in a state directory. Made by `open_writer`, `open_reader`."""

    def __init__(self, path: Path, engine: Engine, lock: LockFile | None = None) -> None:
        self.path = path
        self._engine = engine
        self._lock = lock

    @classmethod
    def open_writer(cls, state_dir: Path) -> "Database":
        """Create or migrate the database and be its only writer until `close`.

        Before a migration the old one is copied, to `hinge-rig.db.before-<new version>`.

        Raises `BusyError` where another process writes, `StorageError` where the directory or the
        file cannot be used or was made by a newer version.
        """
        try:
            private_directory(state_dir)
        except OSError as error:
            raise StorageError(f"{state_dir}: cannot be made: {error.strerror}") from None
        lock = writer_lock(state_dir)
        database = cls(state_dir / FILE_NAME, file_engine(state_dir / FILE_NAME, "rwc"), lock)
        try:
            database._bring_up_to_date()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def open_reader(cls, state_dir: Path) -> "Database":
        """Read what is there, also while a writer writes.

        Where nothing has been recorded yet there is nothing to read: every question gets an empty
        answer. Open anew to see a database that came into being later.
        """
        path = state_dir / FILE_NAME
        database = cls(path, file_engine(path, "ro"))
        version = database._version() if path.exists() else None
        if version is None:
            database.close()
            return cls(path, empty_engine())
        if version != HEAD:
            database.close()
            raise StorageError(
                f"{path} is of version {version}, this program reads {HEAD}; "
                + ("install a newer hinge-rig" if version > HEAD else "start the recorder once")
            )
        return database

    @classmethod
    def open_copy(cls, directory: Path) -> "Database":
        """Read a backup's database, of this version or an older one; `StorageError` otherwise."""
        database = cls(directory / FILE_NAME, file_engine(directory / FILE_NAME, "ro"))
        version = database._version()
        if version is None or version > HEAD:
            database.close()
            raise StorageError(
                f"{database.path} is of version {version}, this program knows {HEAD}: "
                "install the newer hinge-rig first"
            )
        return database

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error.

        What the database refuses (disk full, damaged file) is a `StorageError`.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise self._refusal(error) from error

    @contextmanager
    def erasing(self) -> Iterator[Session]:
        """As `session`; what is deleted or replaced is overwritten in the files, too."""
        with self.session() as session:
            session.execute(text("PRAGMA secure_delete = ON"))
            yield session
        self._empty_log()

    def look(self) -> None:
        """Whether the file is still a database, by a connection that remembers nothing of it.

        `DamagedError` where it is damaged, or is not there any more.
        """
        if not self.path.exists():
            raise DamagedError(f"{self.path} is gone; recording begins with a new one")
        with closing(Database.open_reader(self.path.parent)):
            pass

    def _empty_log(self) -> None:
        """Bring the write-ahead log into the database and cut it to nothing."""
        with closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file and of the writer's lock."""
        self._engine.dispose()
        if self._lock:
            self._lock.close()

    def _bring_up_to_date(self) -> None:
        version = self._version()
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise StorageError(
                f"{self.path} is of version {version}, this program knows {HEAD}: "
                "install the newer hinge-rig again, or choose another state directory"
            )
        if version is not None:
            copy_database(self.path, self.path.with_name(f"{FILE_NAME}.before-{HEAD}"))
        _log.info("database: from version %s to %s", version or "none", HEAD)
        try:
            migrate(self._engine)
        except SQLAlchemyError as error:
            raise self._refusal(error) from error

    def _version(self) -> str | None:
        """The step that the tables are at; None where there are none."""
        try:
            with self._engine.connect() as connection:
                names = set(connection.scalars(text("SELECT name FROM sqlite_master")))
                if not names:
                    return None
                if "alembic_version" not in names:
                    raise StorageError(
                        f"{self.path} is not a database of the hinge rig: move it away, or choose "
                        "another state directory"
                    )
                version = connection.scalar(text("SELECT version_num FROM alembic_version"))
                return None if version is None else str(version)
        except DatabaseError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: SQLAlchemyError) -> StorageError:
        original = getattr(error, "orig", None)
        cause = str(original or error)
        damaged = getattr(original, "sqlite_errorcode", None) in _DAMAGED
        kind = DamagedError if damaged else StorageError
        return kind(f"{self.path}: {cause}{_advice(cause)}")


_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ADVICE: Final = {
    "malformed": "put a backup in place (hinge-rig restore), or move it away and rebuild it "
    "(hinge-rig sessions rescan)",
    "file is not a database": "put a backup in place (hinge-rig restore), or move it away",
    "unable to open": "is it, and its directory, yours to read and write?",
    "readonly": "is it, and its directory, yours to write?",
    "full": "make room on the disk",
}


def _advice(cause: str) -> str:
    return next((f"; {advice}" for sign, advice in _ADVICE.items() if sign in cause), "")
