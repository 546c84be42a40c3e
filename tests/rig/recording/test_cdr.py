import numpy as np
import pytest
from hypothesis import given
from mcap.records import Schema
from mcap_ros2.decoder import DecoderFactory

from rig.frames import FRAME
from rig.recording import cdr
from tests.support.frames import frame_blocks


def _ros2_decoder(type_name, schema):
    return DecoderFactory().decoder_for(
        "cdr", Schema(id=1, name=type_name, encoding="ros2msg", data=schema.encode())
    )


@given(frame_blocks())
def test_frames_come_back_as_they_were(block):
    assert np.array_equal(cdr.FrameDecoder().frames(cdr.encode_frames(block)), block)


@given(frame_blocks(most=3))
def test_a_ros2_reader_sees_the_same_values(block):
    decode = _ros2_decoder(cdr.FRAME_TYPE, cdr.FRAME_SCHEMA)
    for row, message in zip(block, cdr.encode_frames(block), strict=True):
        seen = decode(message)
        for name in FRAME.names:
            assert np.array_equal(np.asarray(getattr(seen, name)), row[name]), name


def test_a_ros2_reader_sees_a_commands_text():
    decode = _ros2_decoder(cdr.COMMAND_TYPE, cdr.COMMAND_SCHEMA)
    message = cdr.encode_command({"verb": "start_set", "note": "größer"})
    assert cdr.decode_command(message) == {"verb": "start_set", "note": "größer"}
    assert decode(message).json == message[8:-1].decode()


def test_a_message_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"buffer size|not a frame"):
        cdr.FrameDecoder().frames([b"short"])
