import os
import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from rig.errors import BusyError, StorageError
from rig.storage.database import FILE_NAME, Database
from rig.storage.migrations import HEAD
from rig.storage.models import Base
from tests.support.records import START, store_calibration


def test_migrations_lead_to_exactly_the_models_tables(tmp_path):
    database = Database.open_writer(tmp_path)
    with database.session() as db:
        context = MigrationContext.configure(db.connection())
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_the_newest_step_is_the_one_the_program_knows():
    config = Config()
    config.set_main_option("script_location", "rig.storage:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_what_was_committed_is_synced_to_the_medium(tmp_path):
    database = Database.open_writer(tmp_path)
    with database.session() as db:
        assert db.scalar(text("PRAGMA journal_mode")) == "wal"
        assert db.scalar(text("PRAGMA synchronous")) == 2  # FULL
        assert db.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()


def test_a_second_writer_is_told_who_holds_the_database(tmp_path):
    first = Database.open_writer(tmp_path)
    with pytest.raises(BusyError, match=str(os.getpid())):
        Database.open_writer(tmp_path)
    first.close()
    Database.open_writer(tmp_path).close()


def test_a_reader_sees_what_a_writer_commits_meanwhile(tmp_path):
    writer = Database.open_writer(tmp_path)
    reader = Database.open_reader(tmp_path)
    store_calibration(writer)
    with reader.session() as db:
        assert db.scalar(text("SELECT count(*) FROM calibrations")) == 1
    reader.close()
    writer.close()


def test_a_reader_holds_its_view_while_it_reads(tmp_path):
    writer = Database.open_writer(tmp_path)
    reader = Database.open_reader(tmp_path)
    with reader.session() as db:
        before = db.scalar(text("SELECT count(*) FROM calibrations"))
        store_calibration(writer)
        assert db.scalar(text("SELECT count(*) FROM calibrations")) == before
    reader.close()
    writer.close()


def test_a_reader_cannot_write(tmp_path):
    Database.open_writer(tmp_path).close()
    reader = Database.open_reader(tmp_path)
    with pytest.raises(StorageError, match="readonly"):
        store_calibration(reader)
    reader.close()


def test_nothing_recorded_yet_is_an_empty_answer_and_leaves_no_file(tmp_path):
    reader = Database.open_reader(tmp_path / "none")
    with reader.session() as db:
        assert db.scalar(text("SELECT count(*) FROM sessions")) == 0
    reader.close()
    assert not (tmp_path / "none").exists()


def test_an_error_inside_a_session_leaves_nothing_half_written(tmp_path):
    database = Database.open_writer(tmp_path)
    insert = "INSERT INTO people VALUES ('1', 'P-0001', NULL, '2026-03-01 09:30:00', NULL)"

    def insert_and_fail():
        with database.session() as db:
            db.execute(text(insert))
            raise KeyError

    with pytest.raises(KeyError):
        insert_and_fail()
    with database.session() as db:
        assert db.scalar(text("SELECT count(*) FROM people")) == 0
    database.close()


@pytest.mark.parametrize("open_it", [Database.open_writer, Database.open_reader])
def test_a_newer_database_is_refused_and_left_alone(tmp_path, open_it):
    Database.open_writer(tmp_path).close()
    path = tmp_path / FILE_NAME
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StorageError, match="install"):
        open_it(tmp_path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchone() == ("9999",)
    connection.close()


@pytest.mark.parametrize("open_it", [Database.open_writer, Database.open_reader])
def test_a_foreign_database_is_refused(tmp_path, open_it):
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    with pytest.raises(StorageError, match="not a database of the hinge rig"):
        open_it(tmp_path)


@pytest.mark.parametrize("open_it", [Database.open_writer, Database.open_reader])
def test_a_file_that_is_no_database_is_refused(tmp_path, open_it):
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match=FILE_NAME):
        open_it(tmp_path)


def test_a_state_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file/state"):
        Database.open_writer(tmp_path / "file" / "state")


def test_opening_an_up_to_date_database_does_not_load_the_migration_tool(tmp_path):
    Database.open_writer(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from rig.storage.database import Database\n"
        "Database.open_writer(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, tmp_path], check=False).returncode == 0


def test_times_come_back_with_their_zone(tmp_path):
    database = Database.open_writer(tmp_path)
    assert store_calibration(database).stored_utc == START
    database.close()
    reader = Database.open_reader(tmp_path)
    with reader.session() as db:
        assert db.scalar(text("SELECT created_utc FROM calibrations")).startswith(
            START.strftime("%Y-%m-%d %H:%M:%S")
        )
    reader.close()
