"""A person's usual depth comes from the hinges of their latest sessions."""

from contextlib import closing

import pytest

from rig.storage.database import Database
from rig.storage.models import Person
from rig.storage.people import People
from rig.storage.usual import usual_deg, usual_drop_m
from tests.support.records import START, a_rep, a_session, a_set, store_calibration


@pytest.fixture
def database(tmp_path):
    with closing(Database.open_writer(tmp_path)) as database:
        yield database


@pytest.fixture
def person(database):
    return People(database).add(created_utc=START, name="A name")


@pytest.fixture
def train(database):
    """A session of somebody's with these drops; each an hour after the one before."""
    calibration = store_calibration(database).calibration
    hours = iter(range(100))

    def run(person, drops, drill="hinge", discarded_set=False, **rep):
        session = a_session(person.id, calibration.id, next(hours))
        one_set = a_set(session.id, drill=drill, discarded=discarded_set)
        reps = [a_rep(one_set.id, n + 1, drop_m=drop, **rep) for n, drop in enumerate(drops)]
        with database.session() as db:
            for rows in ([session], [one_set], reps):
                db.add_all(rows)
                db.flush()

    return run


def test_nothing_is_known_of_somebody_new(database, person):
    assert usual_drop_m(database, person.code, "hinge") == 0.0
    assert usual_drop_m(database, "P-9999", "hinge") == 0.0


def test_it_is_the_upper_quartile_of_the_hinges(database, person, train):
    train(person, [0.10, 0.20, 0.22, 0.24, 0.30])
    assert usual_drop_m(database, person.code, "hinge") == pytest.approx(0.24)


def test_the_usual_lean_is_that_of_hinges_with_the_dowels_sensor(database, person, train):
    train(person, [0.2] * 4, depth_deg=None)
    assert usual_deg(database, person.code, "hinge") == 0.0
    train(person, [0.2] * 4, depth_deg=62.0)
    assert usual_deg(database, person.code, "hinge") == pytest.approx(62.0)


def test_only_the_latest_three_sessions_say_something(database, person, train):
    for drop in (0.9, 0.2, 0.2, 0.2):
        train(person, [drop] * 4)
    assert usual_drop_m(database, person.code, "hinge") == pytest.approx(0.2)


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "partial"},
        {"kind": "squat", "counted": False},
        {"discarded": True},
        {"discarded_set": True},
        {"drill": "good-morning"},
    ],
)
def test_what_is_no_hinge_of_this_drill_says_nothing(database, person, train, other):
    train(person, [0.2] * 3)
    train(person, [0.9] * 3, **other)
    assert usual_drop_m(database, person.code, "hinge") == pytest.approx(0.2)


def test_a_session_of_two_hinges_says_nothing(database, person, train):
    train(person, [0.2] * 2)
    assert usual_drop_m(database, person.code, "hinge") == 0.0


def test_repetitions_of_before_drops_were_kept_say_nothing(database, person, train):
    train(person, [None] * 5)
    assert usual_drop_m(database, person.code, "hinge") == 0.0


def test_somebody_elses_and_a_guests_hinges_say_nothing(database, person, train):
    guest = People(database).add(created_utc=START)
    train(guest, [0.9] * 3)
    assert isinstance(guest, Person)
    for code in (person.code, guest.code):
        assert usual_drop_m(database, code, "hinge") == 0.0
