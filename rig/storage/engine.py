"""Connections to the database's file, and the steps that bring its tables up to date.

SQLite in WAL mode, so that readers never wait for the recorder. Transactions are begun by
ourselves, because Python's driver would begin them late, and a deferred transaction that turns
into a write fails at once whatever the busy timeout.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, cast

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from rig.errors import StorageError
from rig.storage.models import Base

_BUSY_TIMEOUT_S: Final = 5.0


def file_engine(path: Path, mode: Literal["rwc", "ro"]) -> Engine:
    """Connections to a file; `mode` is SQLite's own."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if mode == "rwc":
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    pool = QueuePool if mode == "rwc" else NullPool
    engine = create_engine("sqlite://", creator=connect, poolclass=pool, hide_parameters=True)
    _begin_with(engine, "BEGIN IMMEDIATE" if mode == "rwc" else "BEGIN")
    return engine


def empty_engine() -> Engine:
    """Tables with nothing in them, in memory."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    return engine


def _begin_with(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def migrate(engine: Engine) -> None:
    """Run the steps that are missing, in one transaction; loads Alembic only now."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "rig.storage:migrations")
    config.set_main_option("path_separator", "os")
    attributes: dict[str, Any] = config.attributes
    with _without_references(engine) as connection:
        attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _without_references(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt; references are checked at its end.

    SQLite takes a table that is rebuilt for a deleted one, and refuses where others refer to it.
    The setting can only be changed outside a transaction.
    """
    with engine.connect() as connection:
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise StorageError(f"after the migration {broken[0]} refers to nothing")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
