"""What depth 1 means is known of a named person from the first repetition on."""

from contextlib import closing

import pytest

from rig.bundle.session_json import session_document
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.models import RepRow
from rig.storage.people import People
from tests.support.messages import as_read
from tests.support.recorder_rig import RecorderRig, Scripted
from tests.support.records import store_sessions


@pytest.fixture
def rig(tmp_path):
    """A rig on which P-0001 has trained; `given` is what the analysis is told."""
    store_sessions(tmp_path / "state", sessions=2, reps=4)
    given = []

    def make(calibration, settings, usual_drop_m, usual_deg):
        given.append(usual_drop_m)
        return Scripted({})

    with RecorderRig(tmp_path, make) as rig:
        rig.given = given
        rig.feed(5)
        yield rig


def _name(rig, name):
    People(rig.database).change("P-0001", name=name, height_m=None)
    rig.command("next_person")
    rig.command("choose_person", person_id="P-0001")


def _recording(rig):
    (path,) = recordings_dir(rig.state_dir).iterdir()
    return Recording.of_file(path)


def test_a_named_persons_is_given_to_the_analysis_and_recorded(rig):
    _name(rig, "A name")
    rig.feed(3, 700)
    assert rig.given[-1] == pytest.approx(0.2)
    assert _recording(rig).info.context.usual_drop_m == rig.given[-1]


def test_the_session_json_has_it(rig):
    _name(rig, "A name")
    rig.feed(3, 700)
    recording = _recording(rig)
    detail = rig.history.session(recording.info.session_id)
    document = as_read(session_document(detail, recording))
    assert document["usual_drop_m"] == pytest.approx(0.2)


def test_a_restarted_recorder_goes_on_with_the_same(rig):
    _name(rig, "A name")
    rig.feed(3, 700)
    rig.kill()
    with closing(Database.open_writer(rig.state_dir)) as database, database.session() as db:
        for row in db.query(RepRow):
            row.drop_m = 0.4
    rig.start()
    assert rig.given[-1] == pytest.approx(0.2)


def test_a_guests_is_not_known(rig):
    rig.command("next_person")
    rig.feed(3, 700)
    assert rig.given[-1] == 0.0
    assert _recording(rig).info.context.usual_drop_m == 0.0


def test_in_a_replay_it_is_what_it_was_then(tmp_path):
    given = []

    def make(calibration, settings, usual_drop_m, usual_deg):
        given.append(usual_drop_m)
        return Scripted({})

    played = {"rig__platform": "replay", "replay__file": "f", "replay__usual_drop_m": 0.31}
    with RecorderRig(tmp_path, make, **played) as rig:
        rig.feed(5)
        rig.feed(3, 700)
    assert given == [0.31]
