"""Before the disk is full there is a warning; then raw frames stop, repetitions never."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from rig.errors import DamagedError
from rig.recorder import housekeeping
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

MB = 1_000_000
SCRIPT = {**IN_SET, **rep_at(1500, 1)}


@pytest.fixture
def disk(monkeypatch):
    """What is free on the disk, in bytes."""
    left = {"free": 5000 * MB}
    usage = housekeeping.shutil.disk_usage(Path.cwd())
    monkeypatch.setattr(
        housekeeping.shutil, "disk_usage", lambda _: usage._replace(free=left["free"])
    )
    return left


@pytest.fixture
def rig(tmp_path, disk):
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        rig.told()
        yield rig


def _problems(rig):
    return rig.told("health")[-1]["problems"]


def test_a_disk_that_fills_up_is_told_while_everything_is_still_recorded(rig, disk):
    rig.feed(10, 700)
    assert _problems(rig) == []
    disk["free"] = 900 * MB
    rig.feed(10, 700)
    assert _problems(rig) == ["900 MB are free on the disk: make room"]


def test_on_a_full_disk_the_recording_ends_in_good_order_and_repetitions_are_kept(rig, disk):
    rig.feed(10, 700)
    disk["free"] = 100 * MB
    rig.feed(10, 700)
    (session,) = rig.history.sessions()
    recording = Recording(recordings_dir(rig.state_dir), session.id)
    assert recording.whole
    assert 800 < len(np.concatenate(list(recording.blocks()))) < 1700
    assert session.reps == 1
    assert any("no longer recorded: 100 MB are free" in text for text in _problems(rig))


def test_the_next_session_is_recorded_again_once_there_is_room(rig, disk):
    disk["free"] = 100 * MB
    rig.feed(6)
    rig.feed(3, 700)
    assert not recordings_dir(rig.state_dir).exists()
    disk["free"] = 5000 * MB
    rig.feed(6, 700)
    rig.command("next_person")
    rig.feed(3, 700)
    assert len(list(recordings_dir(rig.state_dir).iterdir())) == 1
    assert _problems(rig) == []


def _garble(path):
    path.write_bytes(Random(0).randbytes(path.stat().st_size))


@pytest.mark.parametrize("harm", [_garble, Path.unlink])
def test_a_database_that_is_lost_while_nothing_is_stored_ends_the_recorder_within_a_second(
    rig, harm
):
    rig.database._empty_log()
    harm(rig.database.path)
    with pytest.raises(DamagedError):
        rig.feed(1.1)
