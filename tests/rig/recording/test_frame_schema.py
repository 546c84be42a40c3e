"""A recording is read by the schema that it carries, whatever channels the table has by then."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.channels import CELL, IMU, PAD, TABLE, Channel, Kind, names_of
from rig.frames import FRAME, Flag, frame_dtype
from rig.recording.cdr import FRAME_SCHEMA, FrameDecoder, encode_frames
from rig.recording.frame_schema import read_schema, schema_text, wire_dtype
from tests.support.frames import frame_blocks

STRAP = Kind("strap", unit="mm", dtype="<u4", driver="straps")
GROWN = (
    *(Channel(name, CELL) for name in (*names_of(CELL), "middle")),
    *(Channel(name, PAD) for name in (*names_of(PAD), "neck")),
    Channel("hip", STRAP),
    Channel("imu", IMU),
)
CELLS_ONLY = tuple(channel for channel in TABLE if channel.kind == CELL)
tables = st.one_of(
    st.just(GROWN), st.just(CELLS_ONLY), st.permutations(names_of(CELL)).map(
        lambda names: (*(Channel(name, CELL) for name in names), *TABLE[4:])
    )
)  # fmt: skip


def column(block, table, name):
    """Counts, times and flags of a channel in frames of a table."""
    names = [channel.name for channel in table]
    kind = table[names.index(name)].kind
    place = names_of(kind, table).index(name)
    counts = block[kind.field][:, place * kind.width : (place + 1) * kind.width]
    own_t_ns = block[f"{kind.name}_t_ns"][:, place]
    return [counts, own_t_ns, block["flags"][:, names.index(name)]]


def same_column(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@given(block=frame_blocks(most=5), table=tables)
def test_channels_are_found_by_name_and_those_that_a_file_lacks_are_absent(block, table):
    read = FrameDecoder(FRAME_SCHEMA, table).frames(encode_frames(block))
    assert read.dtype == frame_dtype(table)
    for name in ("seq", "t_ns", "cal", "inputs"):
        assert np.array_equal(read[name], block[name])
    for channel in table:
        if channel in TABLE:
            mine, written = (column(read, table, channel.name), column(block, TABLE, channel.name))
            assert same_column(mine, written), channel.name
        else:
            assert (column(read, table, channel.name)[2] == Flag.ABSENT).all()


def test_channels_that_this_program_does_not_know_are_left_out():
    wire = np.zeros(3, wire_dtype(GROWN))
    pad_counts = [6 + number for number in range(len(names_of(PAD)))]
    wire["cell_counts"], wire["pad_counts"] = [1, 2, 3, 4, 5], [*pad_counts, 99]
    wire["flags"] = np.arange(len(GROWN))
    wire["imu_values"] = [1, 2, 3, 4, 5, 6]
    read = FrameDecoder(schema_text(GROWN)).frames([row.tobytes() for row in wire])
    assert read.dtype == FRAME
    assert read["cell_counts"].tolist() == [[1, 2, 3, 4]] * 3
    assert read["pad_counts"].tolist() == [pad_counts] * 3
    assert read["imu_values"].tolist() == [[1, 2, 3, 4, 5, 6]] * 3
    known = [number for number, channel in enumerate(GROWN) if channel in TABLE]
    assert read["flags"].tolist() == [known] * 3


@pytest.mark.parametrize("table", [TABLE, GROWN, CELLS_ONLY])
def test_a_schema_that_is_written_is_understood(table):
    dtype, channels = read_schema(schema_text(table))
    assert dtype == wire_dtype(table)
    assert channels == [(channel.kind.name, channel.name) for channel in table]


def test_fields_stand_in_falling_order_of_size():
    wire = wire_dtype()
    sizes = [wire[name].base.itemsize for name in wire.names[1:]]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ("# Cells: a, b.\nuint32[2] flags\nstring name\n", "not understood in the schema: 'string"),
        ("# Cells: a, b.\nuint32[3] flags\n", "names 2 channels and has flags for others"),
        ("# Cells: a, b.\nuint64 seq\n", "names 2 channels and has flags for others"),
    ],
)
def test_a_schema_that_is_not_understood_says_why(schema, problem):
    with pytest.raises(ValueError, match=problem):
        FrameDecoder(schema)
