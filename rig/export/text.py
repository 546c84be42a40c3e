"""CSV as bytes, row by row: UTF-8, CRLF, RFC 4180, text that no spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

Cell = str | int | float | None

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTES_AT_ONCE: Final = 32 * 1024


def safe_text(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Header and rows in pieces of some 32 KiB, whatever their number.

    None is an empty cell; numbers are written with a dot and in full.
    """
    piece = io.StringIO(newline="")
    writer = csv.writer(piece, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        if piece.tell() >= _BYTES_AT_ONCE:
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue().encode()
