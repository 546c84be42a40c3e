import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from rig.errors import StorageError
from rig.storage.database import FILE_NAME, Database
from rig.storage.models import SettingRow
from rig.storage.settings import Settings
from tests.support.records import START

LATER = START + timedelta(hours=1)
JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def database(tmp_path):
    database = Database.open_writer(tmp_path)
    yield database
    database.close()


def _changed_utc(database, name):
    with database.session() as db:
        return db.get_one(SettingRow, name).changed_utc


def test_what_was_never_set_is_none(database):
    assert Settings(database).get("muted") is None


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
@example(value=0.0)  # in a column of type JSON SQLite would make 0 of it
@example(value=2**70)
@given(value=JSON)
def test_any_json_value_comes_back(database, value):
    Settings(database).put("value", value, changed_utc=START)
    assert Settings(database).get("value") == value
    assert not Settings(database).put("value", value, changed_utc=LATER)


def test_a_value_outlives_the_program(tmp_path):
    with closing(Database.open_writer(tmp_path)) as database:
        assert Settings(database).put("muted", True, changed_utc=START)
    with closing(Database.open_reader(tmp_path)) as database:
        assert Settings(database).get("muted") is True


def test_a_name_has_one_value_and_the_time_of_its_last_change(database):
    kept = Settings(database)
    kept.put("muted", True, changed_utc=START)
    kept.put("other", 1, changed_utc=START)
    assert kept.put("muted", False, changed_utc=LATER)
    assert (kept.get("muted"), kept.get("other")) == (False, 1)
    assert (_changed_utc(database, "muted"), _changed_utc(database, "other")) == (LATER, START)


def test_a_change_that_changes_nothing_writes_nothing(database):
    kept = Settings(database)
    kept.put("context", {"load_kg": 5.0, "drill": "hinge"}, changed_utc=START)
    before = _log_size(database)
    same = {"drill": "hinge", "load_kg": 5.0}
    assert not kept.put("context", same, changed_utc=LATER)
    assert _changed_utc(database, "context") == START
    assert _log_size(database) == before


def _log_size(database):
    return database.path.with_name(f"{FILE_NAME}-wal").stat().st_size


def test_true_is_not_one(database):
    Settings(database).put("muted", 1, changed_utc=START)
    assert Settings(database).put("muted", True, changed_utc=LATER)
    assert Settings(database).get("muted") is True


@pytest.mark.parametrize("edited", ["{", "", "'muted'", "NULL"])
def test_a_value_that_is_no_json_is_told_by_its_name_and_can_be_set_anew(database, edited):
    kept = Settings(database)
    kept.put("muted", True, changed_utc=START)
    with database.session() as db:
        db.execute(text("UPDATE settings SET value = :edited"), {"edited": edited})
    with pytest.raises(StorageError, match="setting 'muted' cannot be read") as told:
        kept.get("muted")
    assert len(str(told.value).splitlines()) == 1
    assert kept.put("muted", False, changed_utc=LATER)
    assert kept.get("muted") is False


def test_the_document_is_plain_json_in_the_table(tmp_path, database):
    Settings(database).put("context", {"drill": "hinge"}, changed_utc=START)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as plain:
        assert plain.execute("SELECT name, value, changed_utc FROM settings").fetchall() == [
            ("context", '{"drill": "hinge"}', "2026-03-01 09:30:00.000000")
        ]
