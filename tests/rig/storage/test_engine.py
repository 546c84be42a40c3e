"""Connections to the database's file."""

import pytest
import sqlalchemy
from sqlalchemy import text

from rig.errors import StorageError
from rig.storage.engine import _without_references, empty_engine, file_engine, migrate
from rig.storage.models import Base


@pytest.fixture
def engine(tmp_path):
    engine = file_engine(tmp_path / "a b#c.db", "rwc")
    migrate(engine)
    yield engine
    engine.dispose()


def test_a_writer_syncs_fully_logs_ahead_and_checks_references(engine):
    with engine.connect() as connection:
        found = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_two_writers_take_turns_from_the_first_statement_on(engine):
    with engine.begin() as first:
        first.execute(text("DELETE FROM audit"))
        with engine.connect() as second:
            second.connection.driver_connection.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(sqlalchemy.exc.OperationalError, match="locked"):
                second.execute(text("SELECT 1"))


def test_an_empty_answer_has_every_table():
    names = set(sqlalchemy.inspect(empty_engine()).get_table_names())
    assert names == set(Base.metadata.tables)


def test_a_step_that_breaks_a_reference_is_undone(engine):
    row = (
        "INSERT INTO reps (id, set_id, rep_index, analysis_index, counted, discarded, kind, "
        "start_s, bottom_start_s, bottom_end_s, end_s, decided_s, faults, score) "
        "VALUES ('r', 'nowhere', 1, 1, 1, 0, 'hinge', 1, 2, 3, 4, 5, '[]', 3)"
    )
    with (
        pytest.raises(StorageError, match="reps refers to nothing"),
        _without_references(engine) as connection,
    ):
        connection.execute(text(row))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM reps")) == 0
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
