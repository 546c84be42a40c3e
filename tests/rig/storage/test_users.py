from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.security import check_password_hash

from rig.errors import StorageError
from rig.storage.database import Database
from rig.storage.models import AuditRow, UserRow
from rig.storage.users import ROLES, Users, check_password
from tests.support.records import START

LATER = START + timedelta(hours=1)
PASSWORD, OTHER = "heels and toes", "head to tailbone"


@pytest.fixture
def database(tmp_path):
    database = Database.open_writer(tmp_path)
    yield database
    database.close()


@pytest.fixture
def users(database):
    """One coach."""
    users = Users(database)
    users.add("A Coach", "coach", PASSWORD, created_utc=START)
    return users


def _hash(database, name="A Coach"):
    with database.session() as db:
        return db.scalar(select(UserRow.password_hash).where(UserRow.name == name))


def _audit(database):
    with database.session() as db:
        return [
            (row.action, row.subject, row.details)
            for row in db.scalars(select(AuditRow).order_by(AuditRow.done_utc))
        ]


def _files(state_dir):
    return b"".join(path.read_bytes() for path in state_dir.iterdir())


def test_users_come_by_name_with_role_and_times(users):
    for role in ROLES:
        users.add(f"{role} two", role, PASSWORD, created_utc=LATER)
    found = users.all()
    assert [(one.name, one.role) for one in found] == [
        ("A Coach", "coach"), ("builder two", "builder"), ("coach two", "coach"),
        ("researcher two", "researcher"),
    ]  # fmt: skip
    assert (found[0].created_utc, found[1].changed_utc) == (START, LATER)
    assert len({one.id for one in found}) == 4


def test_a_password_is_kept_as_a_hash_of_its_own(users, database, tmp_path):
    users.add("Another", "builder", PASSWORD, created_utc=START)
    one, two = _hash(database), _hash(database, "Another")
    assert one != two
    assert check_password_hash(one, PASSWORD)
    assert not check_password_hash(one, OTHER)
    assert PASSWORD.encode() not in _files(tmp_path)


def test_what_is_given_out_has_no_hash(users):
    (one,) = users.all()
    assert set(vars(one)) == {"id", "name", "role", "created_utc", "changed_utc"}
    assert "scrypt" not in repr(one)


@pytest.mark.parametrize("name", ["a coach", "A COACH", "  A Coach ", "Ａ Coach"])
def test_a_name_is_taken_whatever_its_letters_case(users, name):
    with pytest.raises(StorageError, match="there is a user 'A Coach' already"):
        users.add(name, "builder", PASSWORD, created_utc=LATER)
    assert users.get(name).name == "A Coach"
    assert len(users.all()) == 1


def _refusal(users, name):
    try:
        users.check_new(name)
    except StorageError as refusal:
        return str(refusal)
    return ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(name=st.text(max_size=20) | st.from_regex(r"\w[\w .'-]{0,19}", fullmatch=True))
def test_a_name_is_refused_in_one_line_or_found_again_in_any_case(users, name):
    refusal = _refusal(users, name)
    assert len(refusal.splitlines()) <= 1
    if refusal:
        return
    users.add(name, "coach", PASSWORD, created_utc=START)
    for other in (name.casefold(), f" {name} "):
        assert users.get(other) == users.get(name)
    users.remove(name)
    assert [one.name for one in users.all()] == ["A Coach"]


def test_the_table_itself_refuses_a_name_twice_and_does_not_tell_the_hash(users, database):
    (one,) = users.all()
    row = UserRow(
        id="2", name="a coach", name_key="a coach", role="coach", password_hash=_hash(database),
        created_utc=START, changed_utc=START,
    )  # fmt: skip
    with pytest.raises(StorageError) as told, database.session() as db:
        db.add(row)
    assert isinstance(told.value.__cause__, SQLAlchemyError)
    assert "scrypt" not in f"{told.value} {told.value.__cause__}"
    assert users.all() == [one]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "two\nlines", "\udcff", "a\u200bb"])
def test_a_name_that_is_none_is_refused(users, name):
    with pytest.raises(StorageError, match="a user's name is a text of 1 to 100 letters"):
        users.add(name, "coach", PASSWORD, created_utc=START)
    with pytest.raises(StorageError, match="a user's name is a text of 1 to 100 letters"):
        users.remove(name)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "has 0 characters, at least 10 are needed"),
        ("123456789", "has 9 characters, at least 10 are needed"),
        ("x" * 1001, "more than 1000 characters"),
        ("two lines\nof it", "line break"),
        ("ten of them\udcff", "nobody can type"),
        ("A RESEARCHER", "is the user's name"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(users, password, why):
    with pytest.raises(StorageError, match=why):
        check_password(password, "A Researcher")
    with pytest.raises(StorageError, match=why):
        users.add("A Researcher", "researcher", password, created_utc=START)
    assert len(users.all()) == 1


@pytest.mark.parametrize("password", ["1234567890", "x" * 1000, "Größenwahn", "with  spaces  "])
def test_ten_characters_of_any_kind_are_enough(users, password):
    check_password(password, "A Coach")


def test_another_password_replaces_the_first_everywhere(users, database, tmp_path):
    before = _hash(database)
    users.set_password("a coach", OTHER, changed_utc=LATER)
    assert check_password_hash(_hash(database), OTHER)
    assert users.get("A Coach").changed_utc == LATER
    assert users.get("A Coach").created_utc == START
    assert before.encode() not in _files(tmp_path)


def test_a_refused_password_leaves_the_old_one(users, database):
    before = _hash(database)
    with pytest.raises(StorageError):
        users.set_password("A Coach", "short", changed_utc=LATER)
    assert _hash(database) == before
    assert users.get("A Coach").changed_utc == START


def test_a_removed_user_leaves_no_hash_in_any_file(users, database, tmp_path):
    hashed = _hash(database).encode()
    assert hashed in _files(tmp_path)
    users.remove("a coach")
    assert users.all() == []
    assert hashed not in _files(tmp_path)


def test_who_is_not_there_is_told(users):
    for ask in (users.get, users.remove):
        with pytest.raises(StorageError, match="no user 'Nobody'; `hinge-rig user list`"):
            ask("Nobody")


def test_everything_is_audited_by_name_and_without_a_hash(users, database):
    users.set_password("a coach", OTHER, changed_utc=LATER)
    users.remove("A COACH")
    assert _audit(database) == [
        ("add user", "A Coach", {"role": "coach"}),
        ("change password", "A Coach", {}),
        ("remove user", "A Coach", {"role": "coach"}),
    ]


def test_what_was_refused_is_not_audited(users, database):
    before = _audit(database)
    for wrong in (("A Coach", PASSWORD), ("B", "short")):
        with pytest.raises(StorageError):
            users.add(wrong[0], "coach", wrong[1], created_utc=START)
    assert _audit(database) == before


def test_a_backup_carries_users(users, database, tmp_path):
    from rig.storage.copy import copy_database

    (tmp_path / "copy").mkdir()
    copy_database(database.path, tmp_path / "copy" / database.path.name)
    with closing(Database.open_copy(tmp_path / "copy")) as copied:
        assert Users(copied).all() == users.all()
