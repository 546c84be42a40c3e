import resource

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcap.reader import make_reader
from mcap_ros2.decoder import DecoderFactory
from rosbags.highlevel import AnyReader

from rig.errors import FormatError, StorageError
from rig.frames import FRAME
from rig.names import PADS
from rig.recording.reader import RecordedCommand, Recording, read_info
from rig.recording.writer import RecordingWriter, part_path
from tests.support.frames import frames
from tests.support.recordings import SESSION, an_info

_CHUNKS = 12
_FRAMES_A_CHUNK = 25


def _write(directory, *blocks):
    writer = RecordingWriter(directory, an_info())
    for block in blocks:
        writer.add_frames(block)
        writer.sync()
    writer.close()
    return writer.path


def _read(directory):
    return np.concatenate([np.zeros(0, FRAME), *Recording(directory, SESSION).blocks()])


def _some(rows, first_seq=0):
    return frames(
        [1, 2, 3, 4], range(5, 5 + len(PADS)), rows=rows, first_seq=first_seq, first_t_ns=first_seq
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A recording's bytes, its frames, and the file's length after each sync."""
    directory = tmp_path_factory.mktemp("whole")
    writer = RecordingWriter(directory, an_info())
    lengths, blocks = [], []
    for chunk in range(_CHUNKS):
        blocks.append(_some(_FRAMES_A_CHUNK, chunk * _FRAMES_A_CHUNK))
        writer.add_frames(blocks[-1])
        writer.sync()
        lengths.append(writer.path.stat().st_size)
    writer.close()
    return writer.path.read_bytes(), np.concatenate(blocks), lengths


def _read_bytes(directory, data):
    part_path(directory, SESSION, 0).write_bytes(data)
    try:
        return _read(directory)
    except FormatError:
        return np.zeros(0, FRAME)


def test_frames_come_back_in_blocks(tmp_path):
    block = _some(2500)
    _write(tmp_path, block)
    assert np.array_equal(_read(tmp_path), block)
    assert [len(one) for one in Recording(tmp_path, SESSION).blocks()] == [1000, 1000, 500]


def test_a_recording_says_what_is_needed_to_analyse_it(tmp_path):
    _write(tmp_path)
    info = Recording(tmp_path, SESSION).info
    assert info == an_info()
    assert info.configuration["contact"] == {"lost_below_n": 0.4, "regained_above_n": 0.9}


def test_commands_stand_between_the_frames_that_they_stood_between(tmp_path):
    writer = RecordingWriter(tmp_path, an_info())
    writer.add_frames(_some(3))
    writer.add_command(2, {"verb": "start_set"})
    writer.add_frames(_some(2, first_seq=3))
    writer.close()
    first, command, rest = Recording(tmp_path, SESSION).items()
    assert (len(first), len(rest)) == (3, 2)
    assert command == RecordedCommand(2, {"verb": "start_set"})


def test_what_was_synced_can_be_read_while_writing_goes_on(tmp_path):
    writer = RecordingWriter(tmp_path, an_info())
    writer.add_frames(_some(5))
    writer.sync()
    writer.add_frames(_some(5, first_seq=5))
    assert len(_read(tmp_path)) == 5
    writer.close()
    assert len(_read(tmp_path)) == 10


def test_a_restarted_recorder_goes_on_in_a_part_of_its_own(tmp_path):
    first = _write(tmp_path, _some(5))
    second = _write(tmp_path, _some(5, first_seq=5))
    assert [path.name for path in (first, second)] == [f"{SESSION}.mcap", f"{SESSION}.1.mcap"]
    assert _read(tmp_path)["seq"].tolist() == list(range(10))


def test_a_part_says_when_the_next_one_should_begin(tmp_path, monkeypatch):
    monkeypatch.setattr("rig.recording.writer._MESSAGES_A_PART", 10)
    writer = RecordingWriter(tmp_path, an_info())
    writer.add_frames(_some(9))
    assert not writer.full
    writer.add_frames(_some(1, first_seq=9))
    assert writer.full
    writer.close()


def test_frames_that_two_parts_have_come_once(tmp_path):
    _write(tmp_path, _some(5))
    _write(tmp_path, _some(5, first_seq=3))
    assert _read(tmp_path)["seq"].tolist() == list(range(8))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1))
def test_a_cut_recording_keeps_every_frame_that_was_synced_before_the_cut(tmp_path, whole, share):
    data, block, lengths = whole
    cut = round(share * len(data))
    read = _read_bytes(tmp_path, data[:cut])
    synced = _FRAMES_A_CHUNK * sum(length <= cut for length in lengths)
    assert len(read) in (synced, synced + _FRAMES_A_CHUNK)  # one more if only its index is cut
    assert np.array_equal(read, block[: len(read)])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1), garbage=st.one_of(st.just(b"\0" * 512), st.binary(min_size=1)))
def test_a_garbled_recording_keeps_an_exact_beginning(tmp_path, whole, share, garbage):
    data, block, lengths = whole
    at = round(lengths[0] + share * (len(data) - lengths[0]))
    read = _read_bytes(tmp_path, data[:at] + garbage + data[at + len(garbage) :])
    assert len(read) >= _FRAMES_A_CHUNK * sum(length <= at for length in lengths)
    assert np.array_equal(read, block[: len(read)])


def test_a_whole_chunk_that_is_missing_ends_the_good_beginning(tmp_path, whole):
    data, block, lengths = whole
    read = _read_bytes(tmp_path, data[: lengths[2]] + data[lengths[3] :])
    assert np.array_equal(read, block[: 3 * _FRAMES_A_CHUNK])


def test_common_readers_open_a_recording(tmp_path):
    block = _some(30)
    path = _write(tmp_path, block)
    with path.open("rb") as file:
        reader = make_reader(file, decoder_factories=[DecoderFactory()])
        seen = [frame.seq for *_, frame in reader.iter_decoded_messages(log_time_order=False)]
        summary = reader.get_summary()
    assert seen == block["seq"].tolist()
    assert summary.statistics.message_count == 30
    assert [channel.topic for channel in summary.channels.values()] == ["/frames", "/commands"]


def test_a_reader_that_goes_by_the_index_finds_every_message(tmp_path):
    block = _some(50)
    path = _write(tmp_path, block[:30], block[30:])
    with AnyReader([path]) as reader:
        messages = [reader.deserialize(raw, kind.msgtype) for kind, _, raw in reader.messages()]
    assert [message.seq for message in messages] == list(range(50))
    assert messages[7].pad_counts.tolist()[:3] == [5, 6, 7]


def test_a_session_without_a_recording_is_told(tmp_path):
    with pytest.raises(StorageError, match=f"no recording of session {SESSION}"):
        Recording(tmp_path, SESSION)


def test_another_file_is_no_recording(tmp_path):
    part_path(tmp_path, SESSION, 0).write_text("t_s,left_heel\n0,1\n")
    with pytest.raises(FormatError, match="not a recording"):
        Recording(tmp_path, SESSION)


def test_a_recording_of_a_newer_version_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("rig.recording.info._VERSION", "2")
    path = _write(tmp_path)
    monkeypatch.undo()
    with pytest.raises(FormatError, match="version 2, this program reads 1"):
        read_info(path)


def test_a_full_disk_is_an_error_and_leaves_what_was_synced(tmp_path):
    writer = RecordingWriter(tmp_path, an_info())
    writer.add_frames(_some(5))
    writer.sync()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (writer.path.stat().st_size, hard))
    try:
        writer.add_frames(_some(5, first_seq=5))
        with pytest.raises(StorageError, match="cannot record: File too large"):
            writer.sync()
        writer.abandon()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(_read(tmp_path)) == 5
