"""Frames and commands as ROS 2 messages (CDR), so that common viewers open a recording."""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np

from rig.channels import TABLE, Table, groups
from rig.frames import FRAME, Block, Flag, frame_dtype
from rig.recording.frame_schema import read_schema, schema_text, wire_dtype
from rig.system.typed_json import decode

_LITTLE_ENDIAN: Final = b"\x00\x01\x00\x00"  # CDR's encapsulation header

FRAME_TYPE: Final = "hinge_rig/msg/Frame"
FRAME_SCHEMA: Final = schema_text()

COMMAND_TYPE: Final = "hinge_rig/msg/Command"
COMMAND_SCHEMA: Final = """\
# A command that took effect after the frame before it.
string json
"""

_WIRE: Final = wire_dtype()


def encode_frames(block: Block) -> list[bytes]:
    """One message per frame of a FRAME array."""
    wire = np.empty(len(block), _WIRE)
    wire["header"] = np.void(_LITTLE_ENDIAN)
    for name in FRAME.names or ():
        wire[name] = block[name]
    data = wire.tobytes()
    return [data[at : at + _WIRE.itemsize] for at in range(0, len(data), _WIRE.itemsize)]


class FrameDecoder:
    """Decodes messages by the schema that their file carries into frames of a table of channels.

    Channels that the file does not have are flagged `ABSENT`; those that the table does not have
    are left out. `ValueError` where the schema is not understood.
    """

    def __init__(self, schema: str = FRAME_SCHEMA, table: Table = TABLE) -> None:
        self._wire, recorded = read_schema(schema)
        self._frame = frame_dtype(table)
        self._shared = [name for name in _OF_NO_CHANNEL if name in (self._wire.names or ())]
        self._moves = list(_moves(recorded, table))

    def frames(self, messages: Sequence[bytes]) -> Block:
        """Frames from messages; `ValueError` if one has another size."""
        wire = np.frombuffer(b"".join(messages), self._wire)
        if len(wire) != len(messages):
            raise ValueError("a message is not a frame")
        block = np.zeros(len(wire), self._frame)
        block["flags"] = Flag.ABSENT
        for name in self._shared:
            block[name] = wire[name]
        for field, there, here in self._moves:
            block[field][:, here] = wire[field][:, there]
        return block


_OF_NO_CHANNEL: Final = ("seq", "t_ns", "cal", "inputs")


def _moves(
    recorded: Sequence[tuple[str, str]], table: Table
) -> Iterator[tuple[str, list[int], list[int]]]:
    """(Field, columns in the file, columns in a frame) for the channels that both have."""
    for kind, names, numbers in groups(table):
        theirs = [name for of_kind, name in recorded if of_kind == kind.name]
        both = [name for name in names if name in theirs]
        if not both:
            continue
        there, here = [theirs.index(name) for name in both], [names.index(name) for name in both]
        yield kind.field, _columns(there, kind.width), _columns(here, kind.width)
        yield f"{kind.name}_t_ns", there, here
        flags = [recorded.index((kind.name, name)) for name in both]
        yield "flags", flags, [numbers[place] for place in here]


def _columns(places: Sequence[int], width: int) -> list[int]:
    return [place * width + at for place in places for at in range(width)]


class _Command(msgspec.Struct):
    """What every command has."""

    verb: str
    args: dict[str, Any] = msgspec.field(default_factory=dict)


def encode_command(command: Mapping[str, Any]) -> bytes:
    """One message from a JSON object."""
    text = json.dumps(command, separators=(",", ":")).encode() + b"\x00"
    return _LITTLE_ENDIAN + struct.pack("<I", len(text)) + text


def decode_command(message: bytes) -> dict[str, Any]:
    """The JSON object of a message of `encode_command`. `ValueError` says what is wrong with it."""
    decode(message[8:-1], _Command)
    return decode(message[8:-1], dict[str, Any])
