"""Which sessions the options mean."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from rig.cli.selection import _Moment, chosen
from rig.errors import StorageError
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.people import People
from tests.support.records import store_sessions

NOTHING = {"sessions": (), "everything": False, "person": None, "since": None, "until": None}


@pytest.fixture
def choose(tmp_path):
    ids = store_sessions(tmp_path, sessions=3)
    database = Database.open_reader(tmp_path)

    def run(**options):
        return chosen(History(database), People(database), **{**NOTHING, **options})

    yield run, ids
    database.close()


def test_some_are_named_by_the_beginnings_of_their_ids_in_that_order(choose):
    run, ids = choose
    assert run(sessions=(ids[2][:8], ids[0])) == [ids[2], ids[0]]


def test_all_and_a_persons_come_oldest_first(choose):
    run, ids = choose
    assert run(everything=True) == ids
    assert run(person="P-0001") == ids


def test_those_of_a_time_are_from_the_one_moment_to_before_the_other(choose):
    run, ids = choose
    assert run(since=datetime(1990, 1, 1, tzinfo=UTC)) == ids
    assert run(until=datetime(1990, 1, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("options", [{}, {"sessions": ("a",), "everything": True}])
def test_nothing_or_two_things_at_once_is_wrong_usage(choose, options):
    with pytest.raises(click.UsageError, match="name one or more sessions"):
        choose[0](**options)


def test_somebody_who_is_not_there_is_named(choose):
    with pytest.raises(StorageError, match="P-9999"):
        choose[0](person="P-9999")


def test_a_day_is_all_of_that_day():
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert _Moment().convert("2026-03-01", None, None) == day
    assert _Moment(end=True).convert("2026-03-01", None, None) == day + timedelta(days=1)
    assert _Moment(end=True).convert("2026-03-01T09:30", None, None).hour == 9
    with pytest.raises(click.BadParameter, match="is no date such as"):
        _Moment().convert("yesterday", None, None)
