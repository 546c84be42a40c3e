"""What a power cut leaves: at most half a second of raw frames is lost, and no repetition."""

import os

import numpy as np
import pytest

from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from tests.bench.garble import report
from tests.support.recorded_rig import steady_session
from tests.support.recorder_rig import IN_SET, RecorderRig, rep_at, scripted

SCRIPT = {**IN_SET, **rep_at(1000, 1)}


@pytest.fixture
def synced(monkeypatch):
    """How long each file was when it was last synced, by inode: what a power cut leaves."""
    sizes, real = {}, os.fdatasync

    def fdatasync(file):
        real(file)
        sizes[os.fstat(file).st_ino] = os.fstat(file).st_size

    monkeypatch.setattr(os, "fdatasync", fdatasync)
    return sizes


@pytest.fixture
def rig(tmp_path, synced):
    with RecorderRig(tmp_path, scripted(SCRIPT)) as rig:
        rig.feed(5)
        yield rig


def _cut(rig, synced):
    """The frames that are left, and how many seconds are missing."""
    (path,) = recordings_dir(rig.state_dir).iterdir()
    left = rig.state_dir.parent / "left" / path.name
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(path.read_bytes()[: synced[path.stat().st_ino]])
    seq = np.concatenate(list(Recording.of_file(left).blocks()))["seq"]
    assert np.array_equal(seq, np.arange(seq[0], seq[0] + len(seq)))
    return seq, (rig.ring.head - 1 - int(seq[-1])) / 100


def test_at_any_moment_at_most_half_a_second_of_frames_is_not_synced(rig, synced):
    for _ in range(40):
        rig.feed(0.1, 700)
        _, missing_s = _cut(rig, synced)
        assert missing_s <= 0.5


def test_the_frames_of_a_repetition_are_synced_before_it_is_announced(rig, synced):
    for _ in range(120):
        rig.feed(0.1, 700)
        if rig.told("rep"):
            seq, _ = _cut(rig, synced)
            assert len(seq) >= 1000
            return
    raise AssertionError("the repetition was not announced")


def test_a_damaged_tail_leaves_an_exact_beginning(tmp_path):
    with steady_session(tmp_path):
        pass
    (path,) = recordings_dir(tmp_path / "state").iterdir()
    said = report(path, count=30, seed=2)
    assert "WRONG" not in said
    assert said.count("exact beginning: 10") == 3
