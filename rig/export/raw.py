"""`raw.csv`: one row per frame, raw counts with their flags and ages."""

from collections.abc import Iterable, Iterator

import numpy as np

from rig.export.text import Cell, csv_bytes
from rig.frames import Block, Flag
from rig.names import CHANNELS
from rig.recording.columns import RAW_COLUMNS

_FLAG_NAMES = [flag for flag in Flag if flag is not Flag.NONE]


def raw_csv(blocks: Iterable[Block]) -> Iterator[bytes]:
    """The file's bytes, piece by piece, from the blocks of one recording.

    `t_s` counts from the first frame. An age is a conversion's own time before its frame's, in
    microseconds to the nanosecond, so that reading the file gives every time back exactly.
    """
    return csv_bytes(RAW_COLUMNS, _rows(blocks))


def _rows(blocks: Iterable[Block]) -> Iterator[list[Cell]]:
    first_t_ns: int | None = None
    for block in blocks:
        if first_t_ns is None and len(block):
            first_t_ns = int(block["t_ns"][0])
        yield from _block_rows(block, first_t_ns or 0)


def _block_rows(block: Block, first_t_ns: int) -> Iterator[list[Cell]]:
    flags = block["flags"]
    good = (flags == 0).tolist()
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
        if bits & flag
    )
