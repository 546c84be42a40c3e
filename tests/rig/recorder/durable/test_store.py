"""What happens when the disk refuses."""

from random import Random

import pytest

from rig.errors import DamagedError
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.damage import set_aside_before, set_aside_if_damaged
from tests.support.full_disk import largest_file
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

SCRIPT = {**IN_SET, **rep_at(1000, 1)}


@pytest.fixture
def rig(tmp_path):
    """Somebody in a set, no repetition done yet."""
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        rig.feed(5, 700)
        rig.told()
        yield rig


def _recording_size(rig):
    return max(path.stat().st_size for path in recordings_dir(rig.state_dir).iterdir())


def test_repetitions_are_kept_when_raw_frames_no_longer_fit(rig):
    full = (rig.state_dir / "recordings").rename(rig.state_dir / "gone")
    (rig.state_dir / "recordings").write_text("no room for a directory")
    rig.command("next_person")
    rig.feed(12, 700)
    assert rig.reps() == [(1, 1, 6.5)]
    health = rig.told("health")[-1]
    assert health["state"] == "degraded"
    assert "no longer recorded" in health["problems"][0]
    assert full.is_dir()


def test_a_recording_that_cannot_grow_keeps_its_good_beginning(rig):
    with largest_file(_recording_size(rig) + 100):
        rig.feed(1, 700)
    assert "no longer recorded" in rig.recorder.store.problems[0]
    rig.feed(5, 700)
    assert rig.reps() == [(1, 1, 6.5)]
    (session,) = rig.history.sessions()
    frames = sum(
        len(block) for block in Recording(recordings_dir(rig.state_dir), session.id).blocks()
    )
    assert 600 <= frames <= 800
    rig.command("next_person")
    (session,) = rig.history.sessions()
    assert session.recording == "torn"


def test_a_repetition_that_cannot_be_stored_is_stored_and_announced_later(rig):
    with largest_file(0):
        rig.feed(5, 700)
        assert rig.told("rep") == []
        assert any("not stored yet" in text for text in rig.recorder.store.problems)
    rig.work()
    assert [event["rep"]["index"] for event in rig.told("rep")] == [1]
    assert rig.reps() == [(1, 1, 6.5)]
    assert not any("not stored yet" in text for text in rig.recorder.store.problems)


def test_a_command_that_cannot_be_stored_is_refused(rig):
    with largest_file(0):
        reply = rig.command("next_person")
    assert reply["ok"] is False
    assert "disk" in reply["reason"]
    assert rig.history.session_count() == 1


def test_zeros_that_cannot_be_stored_are_taken_later(tmp_path):
    with RecorderRig(tmp_path) as rig:
        with largest_file(0):
            rig.feed(5)
            assert "zeros are not stored" in rig.told("health")[-1]["problems"][0]
        rig.feed(2)
        told = rig.told()
    assert [event for event in told if event["type"] == "health"][-1]["problems"] == []
    assert [event for event in told if event["type"] == "state"][-1]["calibrated"]


def test_a_database_that_is_damaged_ends_the_recorder_and_the_next_one_has_it_all(rig):
    (before,) = rig.history.sessions()
    rig.database._empty_log()
    rig.database._engine.dispose()  # what its connections have in memory is still whole
    path = rig.database.path
    path.write_bytes(Random(0).randbytes(path.stat().st_size))
    with pytest.raises(DamagedError, match="hinge-rig restore"):
        rig.feed(5, 700)
    rig.kill()
    set_aside_if_damaged(rig.state_dir, rig.clock.now_utc())
    rig.start()
    rig.feed(5, 700)
    (after,) = rig.history.sessions()
    assert after.id == before.id
    assert rig.reps() == [(1, 1, 6.5)]
    (aside,) = set_aside_before(rig.state_dir)
    assert aside in rig.told("health")[-1]["problems"][0]
