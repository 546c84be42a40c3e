"""The recording's schema of a frame: made from the table of channels, and read back from a file.

A frame's fields stand in falling order of size, so that nothing needs padding and a whole block
is encoded or decoded as one array. A file says in its schema what channels it has; they are found
by their names, so that a table with more or other channels reads it too.
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from rig.channels import TABLE, Table, groups
from rig.frames import frame_dtype

HEADER: Final = ("header", "V4")  # CDR's encapsulation header, before the fields
_TYPES: Final = {
    "<u8": "uint64",
    "<i8": "int64",
    "<u4": "uint32",
    "<i4": "int32",
    "<f4": "float32",
    "|u1": "uint8",
}
_COMMENTS: Final = {
    "t_ns": "monotonic",
    "cell_t_ns": "each conversion's own time",
    "imu_values": "ax, ay, az in m/s2, gx, gy, gz in rad/s, mean since the frame before",
    "flags": "per channel; 0: valid, bit 6: none now, bit 7: no channel",
    "cal": "calibration generation",
    "inputs": "bit 0: button pressed",
}
_NAMES: Final = re.compile(r"(\w+)s: ([\w, ]+)\.")
_FIELD: Final = re.compile(r"(\w+?)(?:\[(\d+)\])? (\w+)")


def wire_dtype(table: Table = TABLE) -> np.dtype[np.void]:
    """One message as this program writes it."""
    frame = frame_dtype(table)
    names = sorted(frame.names or (), key=lambda name: -frame[name].base.itemsize)
    return np.dtype([HEADER, *((name, frame[name].base.str, frame[name].shape) for name in names)])


def schema_text(table: Table = TABLE) -> str:
    """The ROS 2 definition of such a message, with the channels' names in its first line."""
    named = (f"{kind.name.capitalize()}s: {', '.join(names)}." for kind, names, _ in groups(table))
    lines = [f"# One frame per 10 ms tick. {' '.join(named)}"]
    wire = wire_dtype(table)
    for name in (wire.names or ())[1:]:
        size = "".join(f"[{length}]" for length in wire[name].shape)
        declared = f"{_TYPES[wire[name].base.str]}{size} {name}"
        comment = _COMMENTS.get(name)
        lines.append(f"{declared:<23} # {comment}" if comment else declared)
    return "\n".join(lines) + "\n"


def read_schema(text: str) -> tuple[np.dtype[np.void], list[tuple[str, str]]]:
    """A message of the file whose schema this is, and its channels as (name of the kind, name).

    `ValueError` says what is not understood.
    """
    head, *lines = text.splitlines()
    channels = [
        (kind.lower(), name) for kind, names in _NAMES.findall(head) for name in names.split(", ")
    ]
    dtype = np.dtype([HEADER, *_fields(lines)])
    if "flags" not in (dtype.names or ()) or dtype["flags"].shape != (len(channels),):
        raise ValueError(f"the schema names {len(channels)} channels and has flags for others")
    return dtype, channels


def _fields(lines: list[str]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    types = {name: code for code, name in _TYPES.items()}
    for line in lines:
        field = _FIELD.match(line)
        if field is None or field[1] not in types:
            raise ValueError(f"not understood in the schema: {line!r}")
        yield field[3], types[field[1]], (int(field[2]),) if field[2] else ()
