from datetime import timedelta

import pytest

from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.models import RepRow, SetRow
from tests.support.records import START, a_set, store_sessions


@pytest.fixture
def ids(tmp_path):
    return store_sessions(tmp_path, sessions=3, reps=4)


@pytest.fixture
def history(tmp_path, ids):
    database = Database.open_reader(tmp_path)
    yield History(database)
    database.close()


def _change(state_dir, change):
    database = Database.open_writer(state_dir)
    with database.session() as db:
        change(db)
    database.close()


def test_sessions_come_newest_first(history, ids):
    assert [one.id for one in history.sessions()] == ids[::-1]


def test_sessions_are_paged(history, ids):
    assert [one.id for one in history.sessions(limit=1, offset=1)] == [ids[1]]
    assert history.session_count() == 3


def test_a_summary_counts_sets_and_reps(history):
    newest = history.sessions(limit=1)[0]
    assert (newest.sets, newest.reps, newest.reps_counted) == (1, 4, 4)
    assert newest.person_id == "P-0001"
    assert newest.started_utc == START + timedelta(hours=2)


def test_discarded_and_uncounted_reps_do_not_count(tmp_path, history, ids):
    def change(db):
        reps = db.query(RepRow).join(SetRow).filter(SetRow.session_id == ids[0]).all()
        reps[0].discarded = True
        reps[1].counted, reps[1].kind = False, "squat"

    _change(tmp_path, change)
    summary = history.session(ids[0]).summary
    assert (summary.sets, summary.reps, summary.reps_counted) == (1, 3, 2)


def test_a_summary_has_the_mean_usable_lean_of_the_counted_repetitions(tmp_path, history, ids):
    assert history.session(ids[0]).summary.usable_depth_deg is None

    def change(db):
        reps = db.query(RepRow).join(SetRow).filter(SetRow.session_id == ids[0]).all()
        for rep, lean in zip(reps, (60.0, 50.0, 10.0), strict=False):
            rep.usable_depth_deg = lean
        reps[2].counted = False

    _change(tmp_path, change)
    assert history.session(ids[0]).summary.usable_depth_deg == pytest.approx(55.0)


def test_a_discarded_set_takes_its_reps_out_of_summary_and_export(tmp_path, history, ids):
    _change(tmp_path, lambda db: db.query(SetRow).update({"discarded": True}))
    summary = history.session(ids[0]).summary
    assert (summary.sets, summary.reps, summary.reps_counted) == (0, 0, 0)
    assert list(history.reps()) == []
    assert len(list(history.reps(discarded=True))) == 12
    assert len(history.session(ids[0]).reps) == 4


def test_a_set_without_reps_is_a_set(tmp_path, history, ids):
    _change(tmp_path, lambda db: db.add(a_set(ids[0], 2)))
    assert history.session(ids[0]).summary.sets == 2


def test_a_session_comes_with_its_sets_reps_and_events_in_order(history, ids):
    detail = history.session(ids[1])
    assert [one.set_index for one in detail.sets] == [1]
    assert [rep.rep_index for rep in detail.reps] == [1, 2, 3, 4]
    assert [event.name for event in detail.events] == ["person_on"]


def test_an_unknown_session_is_none(history):
    assert history.session("nothing") is None


def test_reps_are_those_of_the_sessions_asked_for(history, ids):
    assert {rep.session_id for rep in history.reps([ids[2], ids[0]])} == {ids[0], ids[2]}
    assert list(history.reps([])) == []


def test_all_reps_come_oldest_first(history, ids):
    assert [rep.session_id for rep in history.reps()] == [one for one in ids for _ in range(4)]


def test_a_rep_knows_its_own_start_and_its_phases(history, ids):
    rep = next(history.reps([ids[0]]))
    assert rep.started_utc == START + timedelta(seconds=rep.start_s)
    total = rep.eccentric_s + rep.pause_s + rep.concentric_s
    assert total == pytest.approx(rep.end_s - rep.start_s)


def test_nothing_recorded_gives_empty_lists(tmp_path):
    database = Database.open_reader(tmp_path / "none")
    empty = History(database)
    assert (empty.sessions(), empty.session("x"), list(empty.reps())) == ([], None, [])
    database.close()
