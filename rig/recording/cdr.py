"""Frames and commands as ROS 2 messages (CDR), so that common viewers open a recording.

A frame's fields stand in falling order of size, so that nothing needs padding and a whole block
is encoded or decoded as one array.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from rig.frames import FRAME, Block
from rig.names import CELLS, CHANNELS, PADS

_LITTLE_ENDIAN: Final = b"\x00\x01\x00\x00"  # CDR's encapsulation header

FRAME_TYPE: Final = "hinge_rig/msg/Frame"
FRAME_SCHEMA: Final = f"""\
# One frame per 10 ms tick. Cells: {", ".join(CELLS)}. Pads: {", ".join(PADS)}.
uint64 seq
int64 t_ns              # monotonic
int64[{len(CELLS)}] cell_t_ns      # each conversion's own time
int64[{len(PADS)}] pad_t_ns
int32[{len(CELLS)}] cell_counts
int32[{len(PADS)}] pad_counts
uint32[{len(CHANNELS)}] flags        # per channel; 0: valid, bit 6: none now, bit 7: no channel
uint32 cal              # calibration generation
uint8 inputs            # bit 0: button pressed
"""

COMMAND_TYPE: Final = "hinge_rig/msg/Command"
COMMAND_SCHEMA: Final = """\
# A command that took effect after the frame before it.
string json
"""

_FIELDS: Final = (
    "seq", "t_ns", "cell_t_ns", "pad_t_ns", "cell_counts", "pad_counts", "flags", "cal", "inputs",
)  # fmt: skip


def _field(name: str) -> tuple[str, str, tuple[int, ...]]:
    kind = FRAME[name]
    return name, kind.base.str, kind.shape


_WIRE: Final = np.dtype([("header", "V4"), *(_field(name) for name in _FIELDS)])


def encode_frames(block: Block) -> list[bytes]:
    """One message per frame of a FRAME array."""
    wire = np.empty(len(block), _WIRE)
    wire["header"] = np.void(_LITTLE_ENDIAN)
    for name in _FIELDS:
        wire[name] = block[name]
    data = wire.tobytes()
    return [data[at : at + _WIRE.itemsize] for at in range(0, len(data), _WIRE.itemsize)]


def decode_frames(messages: Sequence[bytes]) -> Block:
    """A FRAME array from messages of `encode_frames`; `ValueError` if one has another size."""
    wire = np.frombuffer(b"".join(messages), _WIRE)
    if len(wire) != len(messages):
        raise ValueError("a message is not a frame")
    block = np.empty(len(wire), FRAME)
    for name in _FIELDS:
        block[name] = wire[name]
    return block


def encode_command(command: Mapping[str, Any]) -> bytes:
    """One message from a JSON object."""
    text = json.dumps(command, separators=(",", ":")).encode() + b"\x00"
    return _LITTLE_ENDIAN + struct.pack("<I", len(text)) + text


def decode_command(message: bytes) -> dict[str, Any]:
    """The JSON object of a message of `encode_command`."""
    command: dict[str, Any] = json.loads(message[8:-1])
    return command
