from datetime import timedelta

from rig.storage.database import Database
from rig.storage.people import People
from tests.support.records import START, store_sessions


def test_people_get_codes_in_turn_and_names_only_if_given(tmp_path):
    database = Database.open_writer(tmp_path)
    people = People(database)
    first, second = people.add(created_utc=START), people.add(created_utc=START, name="A name")
    assert (first.code, first.name) == ("P-0001", None)
    assert (second.code, second.name) == ("P-0002", "A name")
    assert people.find("P-0002").id == second.id
    assert people.find("P-0003") is None
    database.close()


def test_the_latest_is_who_trained_last(tmp_path):
    store_sessions(tmp_path)
    database = Database.open_writer(tmp_path)
    People(database).add(created_utc=START + timedelta(days=1))
    assert People(database).latest().code == "P-0001"
    database.close()


def test_without_sessions_the_latest_is_who_was_added_last(tmp_path):
    database = Database.open_writer(tmp_path)
    people = People(database)
    assert people.latest() is None
    people.add(created_utc=START)
    people.add(created_utc=START + timedelta(seconds=1))
    assert people.latest().code == "P-0002"
    database.close()
