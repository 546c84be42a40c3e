"""Reading a raw CSV: frames from counts, or forces from newtons.

Anything that does not fit is one `FormatError` naming file, line and column.
"""

import csv
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, NoReturn

import numpy as np

from rig.errors import FormatError
from rig.frames import FORCES, FRAME, Block, Flag, Forces
from rig.names import CELLS, CHANNELS, FORCE_CHANNELS, IMU_AXES, PADS
from rig.quote import quoted, shortened
from rig.recording.columns import AGES, CELLS_N, FLAGS, IMU_AGE, PADS_N, TIME

_IMU: Final = CHANNELS.index("imu")
_FIRST_PADS: Final = 3  # of the first files; the column of a later one may be missing
_ROWS_AT_ONCE: Final = 1000
_MOST_COUNTS: Final = 1 << 23  # either way: converters have at most 24 bits
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,40}")
_MOST_INERTIAL: Final = 1e5  # m/s2 or rad/s
_MOST_COLUMNS: Final = 500
_LONGEST_AGE_US: Final = 1e9
_LONGEST_S: Final = 1e7  # some hundred days; beyond, nine decimals do not fit a float


class RawCsv:
    """An open raw CSV: its header has been read and checked.

    `unit` says which of `frames` and `forces` gives its rows. `absent` are the numbers of the
    channels without a column. `notes` has a line about columns that are ignored, if any.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._line = 1
        self._text = self._lines()
        self._header = [name.strip() for name in next(self._text, [])]
        self.unit: Literal["counts", "newtons"] = (
            "newtons" if CELLS_N[0] in self._header else "counts"
        )
        self._channels = self._force_channels()
        self._has_imu = any(name in self._header for name in IMU_AXES)
        there = {*self._channels.values(), *([_IMU] if self._has_imu else [])}
        self.absent = [number for number in range(len(CHANNELS)) if number not in there]
        self._check_header()
        known = {TIME, FLAGS, *self._channels, *AGES, *IMU_AXES, IMU_AGE}
        ignored = [name for name in self._header if name not in known]
        listed = shortened(", ".join(ignored), 300)
        self.notes = [f"{path}: ignored columns: {listed}"] if ignored else []
        self._last_t_ns = -(10**18)

    def frames(self) -> Iterator[Block]:
        """Blocks of FRAME from a file of counts; `seq` is the row's number, `cal` is 0.

        A channel without a valid conversion is flagged, `ABSENT` where there is no column for it.
        Without ages a conversion has its row's time.
        """
        first_seq = 0
        for rows in self._batches():
            block = np.zeros(len(rows), FRAME)
            block["seq"] = np.arange(first_seq, first_seq + len(rows))
            first_seq += len(rows)
            block["flags"] = Flag.NONE
            block["flags"][:, self.absent] = Flag.ABSENT
            for row, cells in zip(block, rows, strict=True):
                self._fill_frame(row, cells)
            yield block

    def forces(self) -> Iterator[Forces]:
        """Blocks of FORCES from a file in newtons; a flagged value is not known."""
        for rows in self._batches():
            block = np.zeros(len(rows), FORCES)
            block["t_ns"] = [t_ns for _, t_ns, _ in rows]
            for row, (line, _, cells) in zip(block, rows, strict=True):
                values = np.full(len(FORCE_CHANNELS), np.nan)
                for name, index in self._channels.items():
                    values[index] = self._newtons(line, name, cells[name])
                inertial = self._inertial(line, cells)
                row["imu_values"] = np.nan if inertial is None else inertial
                row["imu_t_ns"] = row["t_ns"] - self._age_ns(line, IMU_AGE, cells)
                for index, _ in self._flags(line, cells.get(FLAGS, "")):
                    if index == _IMU:
                        row["imu_values"] = np.nan
                    else:
                        values[index] = np.nan
                row["cell_n"], row["pad_n"] = values[: len(CELLS)], values[len(CELLS) :]
            yield block

    def _force_channels(self) -> dict[str, int]:
        """Numbers of the channels by their columns: those that are there or have to be."""
        cells, pads = (CELLS_N, PADS_N) if self.unit == "newtons" else (CELLS, PADS)
        has_pads = any(name in self._header for name in pads)
        needed = len(CELLS) + (_FIRST_PADS if has_pads else 0)
        return {
            name: number
            for number, name in enumerate((*cells, *pads))
            if number < needed or name in self._header
        }

    def _check_header(self) -> None:
        if len(self._header) > _MOST_COLUMNS:
            raise FormatError(f"{self.path}: line 1: has {len(self._header)} columns")
        for name in (TIME, *self._channels, *(IMU_AXES if self._has_imu else ())):
            if name not in self._header:
                header = shortened(",".join(self._header), 300)
                self._wrong(1, name, f"is missing; the header is {header!r}")
        for name in self._header:
            if self._header.count(name) > 1:
                self._wrong(1, name, "stands there twice")

    def _lines(self) -> Iterator[list[str]]:
        """Rows as texts; keeps the number of the line that the last one ended on."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                for row in reader:
                    self._line = reader.line_num
                    yield row
        except OSError as error:
            raise FormatError(f"{self.path}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise FormatError(f"{self.path}: line {self._line + 1}: is not UTF-8 text") from None
        except csv.Error as error:
            raise FormatError(f"{self.path}: line {self._line + 1}: {error}") from None

    def _batches(self) -> Iterator[list[tuple[int, int, dict[str, str]]]]:
        """Lists of (line, time in ns, cells by column)."""
        batch = []
        for row in self._text:
            if not row:
                continue
            if len(row) != len(self._header):
                self._wrong(
                    self._line, self._header[min(len(row), len(self._header)) - 1],
                    f"the row has {len(row)} cells, the header {len(self._header)}",
                )  # fmt: skip
            cells = dict(zip(self._header, row, strict=True))
            batch.append((self._line, self._time_ns(cells[TIME]), cells))
            if len(batch) == _ROWS_AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch

    def _time_ns(self, text: str) -> int:
        seconds = self._number(self._line, TIME, text)
        if abs(seconds) > _LONGEST_S:
            self._wrong(self._line, TIME, f"{quoted(text)} is no time in seconds from the start")
        t_ns = round(seconds * 1e9)
        if t_ns < self._last_t_ns:
            self._wrong(self._line, TIME, f"time runs backwards to {shortened(text, 40)}")
        self._last_t_ns = t_ns
        return t_ns

    def _fill_frame(self, row: np.void, item: tuple[int, int, dict[str, str]]) -> None:
        line, t_ns, cells = item
        row["t_ns"] = t_ns
        counts, own_t = np.zeros(_IMU, np.int32), np.full(_IMU, t_ns)
        for name, index in self._channels.items():
            if cells[name]:
                counts[index] = self._counts(line, name, cells[name])
                own_t[index] = t_ns - self._age_ns(line, AGES[index], cells)
                row["flags"][index] = 0
        inertial = self._inertial(line, cells)
        if inertial is not None:
            row["imu_values"], row["flags"][_IMU] = inertial, 0
        row["imu_t_ns"] = t_ns - self._age_ns(line, IMU_AGE, cells)
        for index, flag in self._flags(line, cells.get(FLAGS, "")):
            row["flags"][index] = (row["flags"][index] & ~np.uint32(Flag.NONE)) | flag
        row["cell_counts"], row["pad_counts"] = counts[: len(CELLS)], counts[len(CELLS) :]
        row["cell_t_ns"], row["pad_t_ns"] = own_t[: len(CELLS)], own_t[len(CELLS) :]

    def _counts(self, line: int, name: str, text: str) -> int:
        digits = text.strip(" \t")
        if not _WHOLE.fullmatch(digits):
            self._wrong(line, name, f"{quoted(text)} is no whole number of counts")
        counts = int(digits)
        if not -_MOST_COUNTS <= counts < _MOST_COUNTS:
            self._wrong(line, name, f"{text} counts are more than a converter has")
        return counts

    def _age_ns(self, line: int, name: str, cells: dict[str, str]) -> int:
        text = cells.get(name, "")
        age_us = self._number(line, name, text) if text else 0.0
        if abs(age_us) > _LONGEST_AGE_US:
            self._wrong(line, name, f"{quoted(text)} microseconds are no conversion's age")
        return round(age_us * 1e3)

    def _inertial(self, line: int, cells: dict[str, str]) -> list[float] | None:
        """The inertial sensor's values; None unless all six are there."""
        texts = [cells.get(name, "") for name in IMU_AXES]
        if not all(texts):
            return None
        return [
            self._inertial_value(line, name, text)
            for name, text in zip(IMU_AXES, texts, strict=True)
        ]

    def _inertial_value(self, line: int, name: str, text: str) -> float:
        value = self._number(line, name, text)
        if abs(value) > _MOST_INERTIAL:
            self._wrong(line, name, f"{quoted(text)} is more than any such sensor gives")
        return value

    def _newtons(self, line: int, name: str, text: str) -> float:
        return self._number(line, name, text) if text else math.nan

    def _number(self, line: int, name: str, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._wrong(line, name, f"{quoted(text)} is no number")
        return number

    def _flags(self, line: int, text: str) -> Sequence[tuple[int, int]]:
        """(channel's index, flag) from `channel:FLAG;channel:FLAG`."""
        found = []
        for part in filter(None, text.split(";")):
            channel, _, name = part.partition(":")
            if channel not in CHANNELS or name not in Flag.__members__:
                self._wrong(line, FLAGS, f"{quoted(part)} is not channel:FLAG")
            found.append((CHANNELS.index(channel), int(Flag[name])))
        return found

    def _wrong(self, line: int, column: str, what: str) -> NoReturn:
        raise FormatError(f"{self.path}: line {line}, column {column}: {what}")
