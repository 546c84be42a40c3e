"""`raw.csv`: one row per frame, raw counts with their flags and ages."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from rig.export.text import Cell, csv_bytes
from rig.frames import Block, Flag
from rig.names import CHANNELS, FORCE_CHANNELS
from rig.recording.columns import IMU_COLUMNS, RAW_COLUMNS

_IMU = CHANNELS.index("imu")
_FLAG_NAMES = [flag for flag in Flag if flag is not Flag.NONE]


def raw_csv(blocks: Iterable[Block]) -> Iterator[bytes]:
    """The file's bytes, piece by piece, from the blocks of one recording.

    `t_s` counts from the first frame. An age is a conversion's own time before its frame's, in
    microseconds to the nanosecond, so that reading the file gives every time back exactly. The
    inertial sensor's columns are left out where the first frame says that there is none.
    """
    filled = (block for block in blocks if len(block))
    first = next(filled, None)
    if first is None:
        return csv_bytes(RAW_COLUMNS, [])
    has_imu = not first["flags"][0, _IMU] & Flag.ABSENT
    rows = _rows(chain([first], filled), int(first["t_ns"][0]), has_imu=has_imu)
    return csv_bytes((*RAW_COLUMNS, *IMU_COLUMNS) if has_imu else RAW_COLUMNS, rows)


def _rows(blocks: Iterable[Block], first_t_ns: int, *, has_imu: bool) -> Iterator[list[Cell]]:
    for block in blocks:
        if has_imu:
            both = zip(_block_rows(block, first_t_ns), _imu_cells(block), strict=True)
            yield from (row + cells for row, cells in both)
        else:
            yield from _block_rows(block, first_t_ns)


def _imu_cells(block: Block) -> Iterator[list[Cell]]:
    """Values to the last digit that they have, and their age."""
    ages_ns = (block["t_ns"] - block["imu_t_ns"][:, 0]).tolist()
    good = (block["flags"][:, _IMU] == 0).tolist()
    for values, age, ok in zip(block["imu_values"], ages_ns, good, strict=True):
        yield [*map(str, values), _decimal(age, 3)] if ok else [None] * len(IMU_COLUMNS)


def _block_rows(block: Block, first_t_ns: int) -> Iterator[list[Cell]]:
    flags = block["flags"]
    good = (flags[:, : len(FORCE_CHANNELS)] == 0).tolist()
    counts = np.concatenate([block["cell_counts"], block["pad_counts"]], axis=1).tolist()
    own_t = np.concatenate([block["cell_t_ns"], block["pad_t_ns"]], axis=1)
    ages_ns = (block["t_ns"][:, None] - own_t).tolist()
    since_ns = (block["t_ns"] - first_t_ns).tolist()
    for t_ns, values, ages, marks, known in zip(
        since_ns, counts, ages_ns, flags.tolist(), good, strict=True
    ):
        row: list[Cell] = [_decimal(t_ns, 9)]
        row += [value if ok else None for value, ok in zip(values, known, strict=True)]
        row.append(_flag_text(marks) or None)
        row += [_decimal(age, 3) if ok else None for age, ok in zip(ages, known, strict=True)]
        yield row


def _decimal(number: int, places: int) -> str:
    """`number` / 10**places, exactly."""
    whole, rest = divmod(abs(number), 10**places)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{places}d}"


def _flag_text(marks: list[int]) -> str:
    return ";".join(
        f"{channel}:{flag.name}"
        for channel, bits in zip(CHANNELS, marks, strict=True)
        for flag in _FLAG_NAMES
        if bits & flag and not (channel == "imu" and flag is Flag.ABSENT)
    )
