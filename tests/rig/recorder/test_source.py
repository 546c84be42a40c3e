"""Frames as they come, from a ring that may come, go and be replaced."""

import numpy as np
import pytest

from rig.frames import LIVE
from rig.handover.frame_ring import FrameWriter
from rig.handover.run_dir import RunDir
from rig.recorder.source import FrameSource
from tests.support.frames import frames

SECOND = 1_000_000_000


class Clock:
    """Goes on when told."""

    t_ns = 0

    def now_ns(self):
        return self.t_ns


@pytest.fixture
def run_dir(tmp_path):
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    return run_dir


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def source(run_dir, clock):
    source = FrameSource(run_dir, clock, lambda ring_id: "oldest")
    yield source
    source.close()


def write(writer, rows):
    live = np.zeros(rows, LIVE)
    live["frame"] = frames([1, 2, 3, 4], rows=rows, first_seq=writer.head)
    writer.append(live)


def read_all(source):
    numbers = []
    while len(block := source.read()):
        numbers += block["seq"].tolist()
    return numbers


def test_without_a_ring_there_are_no_frames_and_after_a_second_that_is_a_problem(source, clock):
    assert len(source.read()) == 0
    clock.t_ns = 3 * SECOND
    assert source.problems == ["no frames from the sampler for 3 s"]


def test_frames_come_in_order_a_few_at_a_time(source, clock, run_dir):
    writer = FrameWriter(run_dir.frames, slots=256)
    write(writer, 25)
    assert len(source.read()) <= 10
    assert source.lag_frames == 15
    assert read_all(source) == list(range(10, 25))
    writer.close()


def test_frames_that_were_overwritten_are_counted_and_said_for_a_minute(source, clock, run_dir):
    writer = FrameWriter(run_dir.frames, slots=64)
    write(writer, 5)
    read_all(source)
    write(writer, 100)
    assert read_all(source)[-1] == 104
    assert any("frames were missed" in text for text in source.problems)
    clock.t_ns += 61 * SECOND
    write(writer, 1)
    read_all(source)
    assert source.problems == []
    writer.close()


def test_a_ring_that_was_replaced_is_read_from_where_its_owner_says(run_dir, clock):
    asked = []

    def start_at(ring_id):
        asked.append(ring_id)
        return "oldest" if len(asked) == 1 else 3

    source = FrameSource(run_dir, clock, start_at)
    first = FrameWriter(run_dir.frames, slots=256)
    write(first, 5)
    read_all(source)
    first.close()
    run_dir.frames.unlink()
    second = FrameWriter(run_dir.frames, slots=256)
    write(second, 8)
    clock.t_ns += 2 * SECOND
    assert read_all(source) == [3, 4, 5, 6, 7]
    assert len(set(asked)) == 2
    source.close()
    second.close()
