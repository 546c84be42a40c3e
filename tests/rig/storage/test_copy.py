import sqlite3
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import create_engine, text

from rig.errors import StorageError
from rig.storage.audit import record
from rig.storage.copy import check_database, copy_database
from rig.storage.database import FILE_NAME, Database
from rig.storage.history import History
from rig.storage.settings import Settings
from rig.storage.users import Users
from tests.support.records import START, store_calibration, store_sessions


def test_a_copy_made_while_a_writer_works_has_everything_committed(tmp_path):
    store_sessions(tmp_path / "a", sessions=3)
    writer = Database.open_writer(tmp_path / "a")
    with writer.session():
        copy_database(tmp_path / "a" / FILE_NAME, tmp_path / FILE_NAME)
    store_calibration(writer, "later")
    writer.close()
    with closing(Database.open_reader(tmp_path)) as copied:
        assert History(copied).session_count() == 3
    assert not list(tmp_path.glob("*-wal"))


def test_a_copy_of_a_damaged_database_is_refused_and_leaves_nothing(tmp_path):
    store_sessions(tmp_path, sessions=20, reps=50)
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    data[4096 * 40 : 4096 * 41] = b"\x55" * 4096
    path.write_bytes(data)
    with pytest.raises(StorageError, match="damaged"):
        copy_database(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob(".*"))


def test_what_cannot_be_read_or_written_is_named(tmp_path):
    with pytest.raises(StorageError, match=r"none\.db: cannot be copied"):
        copy_database(tmp_path / "none.db", tmp_path / "copy.db")
    store_sessions(tmp_path)
    with pytest.raises(StorageError, match="cannot be copied"):
        copy_database(tmp_path / FILE_NAME, tmp_path / "no" / "copy.db")


def test_a_reference_that_leads_nowhere_is_damage(tmp_path):
    store_sessions(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("DELETE FROM people")
        database.commit()
    with pytest.raises(StorageError, match="damaged"):
        check_database(tmp_path / FILE_NAME)


def test_before_a_migration_the_old_database_is_kept_beside_the_new(tmp_path):
    path = tmp_path / FILE_NAME
    _first_version(path)
    Database.open_writer(tmp_path).close()
    (kept,) = tmp_path.glob(f"{FILE_NAME}.before-*")
    assert _version_and_people(kept) == ("0001", ["P-0001"])
    version, people = _version_and_people(path)
    assert version > "0001"
    assert people == ["P-0001"]


def test_a_migration_keeps_sessions_with_their_sets_and_repetitions(tmp_path):
    store_sessions(tmp_path, sessions=2, reps=3)
    path = tmp_path / FILE_NAME
    with _alembic(path) as (command, config, _):
        command.downgrade(config, "0001")
    assert _version_and_people(path)[0] == "0001"
    Database.open_writer(tmp_path).close()
    check_database(path)
    with closing(Database.open_reader(tmp_path)) as database:
        sessions = History(database).sessions()
        assert [(session.sets, session.reps) for session in sessions] == [(1, 3), (1, 3)]
    writer = Database.open_writer(tmp_path)
    with pytest.raises(StorageError), writer.session() as db:
        db.execute(text("DELETE FROM people"))  # references are watched again
    writer.close()


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_each_step_back_and_forth_leads_to_the_same_tables(tmp_path, version):
    store_sessions(tmp_path)
    path = tmp_path / FILE_NAME
    newest = _tables(path)
    with _alembic(path) as (command, config, _):
        command.downgrade(config, version)
    assert _tables(path) != newest
    Database.open_writer(tmp_path).close()
    assert _tables(path) == newest


def test_a_migration_to_settings_and_users_keeps_the_audit_and_starts_them_empty(tmp_path):
    path = tmp_path / FILE_NAME
    with closing(Database.open_writer(tmp_path)) as database, database.session() as db:
        record(db, "restore", "a backup", {})
    with _alembic(path) as (command, config, _):
        command.downgrade(config, "0002")
    assert {"settings", "users"}.isdisjoint(_tables(path))
    with closing(Database.open_writer(tmp_path)) as database:
        assert Settings(database).get("context") is None
        assert Users(database).all() == []
        with database.session() as db:
            assert db.scalar(text("SELECT subject FROM audit")) == "a backup"


def _tables(path):
    """Names of tables with their columns: name, type, whether it may be empty, default, key."""
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [row[1:] for row in database.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
        }


@contextmanager
def _alembic(path):
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "rig.storage:migrations")
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        yield command, config, connection
    engine.dispose()


def _first_version(path):
    """A database as the first version left it, with a person in it."""
    with _alembic(path) as (command, config, connection):
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            f"INSERT INTO people VALUES ('1', 'P-0001', NULL, '{START:%Y-%m-%d %H:%M:%S}')"
        )


def _version_and_people(path):
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return version, [code for (code,) in database.execute("SELECT code FROM people")]
