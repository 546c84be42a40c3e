"""The ring: the writer never waits, readers lose nothing silently."""

import multiprocessing
import os
import signal
import struct
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.errors import RingError
from rig.handover.ring import Missed, RingReader, RingWriter

PAYLOAD_BYTES = 40


@pytest.fixture
def path(tmp_path):
    return tmp_path / "test.ring"


def writer_at(path, slot_count=16):
    return RingWriter(path, payload_bytes=PAYLOAD_BYTES, slot_count=slot_count)


def payload(seq: int) -> bytes:
    return struct.pack("<5Q", *[seq] * 5)


def fill(writer, count):
    for _ in range(count):
        writer.append(payload(writer.head))


def slot_at(seq, slot_count=16):
    return 128 + (seq % slot_count) * (16 + PAYLOAD_BYTES)


def test_a_reader_gets_what_was_written_in_order(path):
    writer = writer_at(path)
    reader = RingReader(path)
    fill(writer, 5)
    batch = reader.read()
    assert batch.seqs == [0, 1, 2, 3, 4]
    assert batch.payloads == [payload(seq) for seq in range(5)]
    assert batch.missed == []


def test_readers_start_at_the_head_at_the_oldest_or_where_they_say(path):
    writer = writer_at(path)
    fill(writer, 20)
    assert RingReader(path, "head").next_seq == 20
    assert RingReader(path, "oldest").read().seqs == list(range(5, 20))
    assert RingReader(path, 17).read().seqs == [17, 18, 19]


@given(
    steps=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=20),
)
def test_whatever_the_pace_every_number_is_read_once_or_told_as_missed(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("ring") / "r"
    writer = writer_at(path, slot_count=8)
    reader = RingReader(path)
    seen = []
    for written, most in [*steps, (0, 100)]:
        fill(writer, written)
        batch = reader.read(most)
        for missed in batch.missed:
            seen += range(missed.first_seq, missed.first_seq + missed.count)
        assert batch.payloads == [payload(seq) for seq in batch.seqs]
        seen += batch.seqs
    assert sorted(seen) == list(range(writer.head))


def test_a_reader_that_falls_behind_is_told_exactly_what_it_missed(path):
    writer = writer_at(path)
    reader = RingReader(path)
    fill(writer, 40)
    assert reader.read().missed == [Missed(0, 25, "overwritten")]


def test_a_damaged_slot_is_told_after_a_few_tries_and_the_rest_goes_on(path):
    writer = writer_at(path)
    reader = RingReader(path)
    fill(writer, 5)
    with path.open("r+b") as file:
        file.seek(slot_at(2) + 20)
        file.write(b"\xff")
    batches = [reader.read() for _ in range(5)]
    assert [seq for batch in batches for seq in batch.seqs] == [0, 1, 3, 4]
    assert [m for batch in batches for m in batch.missed] == [Missed(2, 1, "damaged")]


def test_a_slot_that_becomes_whole_meanwhile_is_read(path):
    writer = writer_at(path)
    reader = RingReader(path)
    fill(writer, 3)
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(slot_at(1) + 20)
        file.write(b"\xff")
    assert reader.read().seqs == [0]
    with path.open("r+b") as file:
        file.seek(slot_at(1))
        file.write(whole[slot_at(1) : slot_at(2)])
    assert reader.read().seqs == [1, 2]


def test_a_restarted_writer_goes_on_with_the_numbers_under_a_new_epoch(path):
    first = writer_at(path)
    fill(first, 3)
    reader = RingReader(path, "oldest")
    epoch, ring_id = reader.epoch, reader.ring_id
    first.close()
    second = writer_at(path)
    fill(second, 2)
    assert reader.read().seqs == [0, 1, 2, 3, 4]
    assert reader.epoch == second.epoch != epoch
    assert reader.ring_id == ring_id
    assert not reader.replaced()


def test_a_ring_of_another_size_is_replaced_and_readers_can_tell(path):
    writer_at(path).close()
    reader = RingReader(path)
    writer_at(path, slot_count=32)
    assert reader.replaced()
    assert RingReader(path).slot_count == 32


def test_what_is_too_long_is_refused_and_nothing_is_written(path):
    writer = writer_at(path)
    with pytest.raises(RingError, match="do not fit"):
        writer.append(bytes(PAYLOAD_BYTES + 1))
    assert writer.head == 0


@pytest.mark.parametrize("content", [b"", b"x" * 500, b"HINGRING" + bytes(200)])
def test_files_that_are_no_ring_are_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(RingError):
        RingReader(path)


def test_a_missing_ring_says_that_its_writer_may_not_run(path):
    with pytest.raises(RingError, match="running"):
        RingReader(path)


def write_for_ever(path):
    writer = writer_at(path, slot_count=64)
    while True:
        writer.append(payload(writer.head))


def read_checked(reader):
    """The number of slots that one read gave, each with its own payload."""
    batch = reader.read(50)
    assert batch.payloads == [payload(seq) for seq in batch.seqs]
    return len(batch.seqs)


def test_concurrent_readers_never_see_a_torn_slot_and_outlive_a_killed_writer(path):
    writer_at(path, slot_count=64).close()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=write_for_ever, args=(path,), daemon=True)
    process.start()
    reader = RingReader(path)
    seen = 0
    while seen < 2000:
        seen += read_checked(reader)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while reader.next_seq < reader.head:
        read_checked(reader)
    last = reader.head
    survivor = writer_at(path, slot_count=64)
    fill(survivor, 3)
    assert survivor.head == last + 3
    after = RingReader(path, last).read()
    assert after.payloads == [payload(last + n) for n in range(3)]


def test_a_reader_knows_whether_the_writers_process_is_there(tmp_path):
    code = (
        "import sys; from pathlib import Path; from rig.handover.ring import RingWriter;"
        "RingWriter(Path(sys.argv[1]), payload_bytes=8, slot_count=4).append(b'x')"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.ring"], check=True)
    reader = RingReader(tmp_path / "a.ring", "oldest")
    assert not reader.writer_alive
    writer = RingWriter(tmp_path / "a.ring", payload_bytes=8, slot_count=4)
    assert reader.writer_alive
    writer.close()
    reader.close()
