import pytest

from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from tests.support.records import START, store_calibration


@pytest.fixture
def database(tmp_path):
    database = Database.open_writer(tmp_path)
    yield database
    database.close()


def test_before_the_first_start_there_is_none(database):
    assert Calibrations(database).current() is None


def test_the_newest_is_in_force_and_generations_count_up_from_one(database):
    first = store_calibration(database, "one")
    second = store_calibration(database, "two")
    assert (first.generation, second.generation) == (1, 2)
    assert Calibrations(database).current() == second
    assert Calibrations(database).history() == [second, first]


def test_a_tare_keeps_the_gains_and_names_its_parent(database):
    first = store_calibration(database).calibration
    tared = first.with_zeros([1, 2, 3, 4], id="tare-1", created_utc=START.isoformat())
    stored = Calibrations(database).add(tared, "tare", stored_utc=START, parent_id=first.id)
    assert stored.parent_id == first.id
    assert [cell.zero_counts for cell in stored.calibration.cells] == [1, 2, 3, 4]
    assert stored.calibration.cells[0].counts_per_n == first.cells[0].counts_per_n


def test_zeros_are_unknown_until_a_tare_or_an_import(database):
    first = store_calibration(database)
    assert not first.zeros_known
    for origin in ("tare", "import"):
        assert Calibrations(database).add(first.calibration, origin, stored_utc=START).zeros_known


def test_the_same_document_again_comes_in_under_a_new_id(database):
    first = store_calibration(database, "one")
    again = Calibrations(database).add(first.calibration, "import", stored_utc=START)
    assert again.calibration.id != "one"
    assert again.parent_id == "one"
    assert len(Calibrations(database).history()) == 2
