"""The recordings alone are enough to have every session again."""

from contextlib import closing

import pytest

from rig.errors import BusyError
from rig.recorder.restart.rescan import rescan
from rig.recording.writer import recordings_dir
from rig.storage.calibrations import Calibrations
from rig.storage.database import FILE_NAME, Database
from rig.storage.history import History
from tests.support.recorded_rig import steady_session
from tests.support.recorder_rig import RecorderRig
from tests.support.records import store_calibration


@pytest.fixture
def state_dir(tmp_path):
    """A recorded session of five hinges, closed."""
    with steady_session(tmp_path):
        pass
    return tmp_path / "state"


def _all(state_dir):
    with closing(Database.open_reader(state_dir)) as database:
        history = History(database)
        return [history.session(one) for one in history.session_ids()]


def _lose_database(state_dir):
    for path in state_dir.glob(f"{FILE_NAME}*"):
        path.unlink()


def _rescan(state_dir):
    with closing(Database.open_writer(state_dir)) as database:
        return rescan(database, recordings_dir(state_dir))


def test_a_lost_database_comes_back_with_the_same_sets_repetitions_and_events(state_dir):
    (before,) = _all(state_dir)
    _lose_database(state_dir)
    assert _rescan(state_dir) == ([before.summary.id], [])
    (after,) = _all(state_dir)
    assert after.reps == before.reps
    assert after.events == before.events
    assert [one.id for one in after.sets] == [one.id for one in before.sets]
    assert after.summary.started_utc == before.summary.started_utc
    assert after.summary.ended_utc == before.summary.ended_utc
    assert after.summary.person_id == before.summary.person_id


def test_its_calibration_is_in_force_again_only_where_there_is_no_other(state_dir):
    (before,) = _all(state_dir)
    _lose_database(state_dir)
    with closing(Database.open_writer(state_dir)) as database:
        store_calibration(database, "newer")
    _rescan(state_dir)
    with closing(Database.open_reader(state_dir)) as database:
        assert Calibrations(database).current().calibration.id == "newer"
    _lose_database(state_dir)
    _rescan(state_dir)
    with closing(Database.open_reader(state_dir)) as database:
        current = Calibrations(database).current()
    assert current.calibration.id == before.summary.calibration_id
    assert current.zeros_known


def test_a_second_rescan_finds_nothing(state_dir):
    assert _rescan(state_dir) == ([], [])


def test_a_torn_recording_is_rebuilt_as_far_as_it_is_good_and_marked(state_dir):
    _lose_database(state_dir)
    (path,) = recordings_dir(state_dir).iterdir()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _rescan(state_dir)
    (found,) = _all(state_dir)
    assert found.summary.recording == "torn"
    assert 0 < len(found.reps) < 5


def test_what_cannot_be_read_is_told_and_left_as_it_is(state_dir):
    (state_dir / "recordings" / "foreign.mcap").write_bytes(b"RIFF")
    found, (problem,) = _rescan(state_dir)
    assert found == []
    assert "foreign.mcap: not a recording of the hinge rig" in problem
    assert (state_dir / "recordings" / "foreign.mcap").read_bytes() == b"RIFF"


def test_a_recording_whose_row_was_never_written_is_gone_on_with_by_the_next_recorder(tmp_path):
    with RecorderRig(tmp_path) as rig:
        rig.feed(5)
        rig.feed(3, 700)
        (session,) = rig.history.sessions()
        rig.kill()
        _lose_database(rig.state_dir)
        rig.start()
        rig.feed(3, 700)
        (again,) = rig.history.sessions()
        assert again.id == session.id
        assert again.ended_utc is None


def test_a_running_recorder_is_not_disturbed(state_dir):
    with closing(Database.open_writer(state_dir)), pytest.raises(BusyError):
        _rescan(state_dir)
