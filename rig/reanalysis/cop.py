"""The centre of pressure over time, from a file of its own or from a recording."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.errors import FormatError
from rig.reanalysis.source import Source

COLUMNS: Final = ("t_s", "cop_ml_mm", "cop_ap_mm")
_FEWEST: Final = 8
_MOST_JITTER: Final = 0.5  # of a sample's period, before a trial counts as unevenly sampled

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CopTrial:
    """Evenly sampled centre of pressure in millimetres, (n,) each."""

    ml_mm: Floats
    ap_mm: Floats
    fs_hz: float


def read_cop(path: Path) -> CopTrial:
    """A trial from a CSV of `COLUMNS`.

    `FormatError` names file, line and column, or says that the trial is too short or unevenly
    sampled.
    """
    return _trial(str(path), _read_columns(path))


def recorded_cop(source: Source) -> CopTrial:
    """A trial from what was recorded; `FormatError` as in `read_cop`."""
    parts = [np.zeros((0, len(COLUMNS)))]
    for block, output in source.outputs():
        both = (output.signals["cop_ml_mm"], output.signals["cop_ap_mm"])
        part = np.stack([block["t_ns"] * 1e-9, *both], axis=1)
        parts.append(part[np.isfinite(part).all(axis=1)])  # where it is known
    return _trial(source.name, np.concatenate(parts))


def has_cop_columns(path: Path) -> bool:
    """Whether the file is a CSV of `COLUMNS`; `FormatError` where it cannot be read."""
    if path.suffix != ".csv":
        return False
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return set(COLUMNS) <= {cell.strip() for cell in next(csv.reader(file), [])}
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise FormatError(f"{path}: is not UTF-8 text") from None


def _read_columns(path: Path) -> Floats:
    """Rows of (t_s, ml, ap)."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        for row in reader:
            rows.append([_number(path, reader.line_num, name, row.get(name)) for name in COLUMNS])
    return np.array(rows, dtype=np.float64).reshape(-1, len(COLUMNS))


def _number(path: Path, line: int, column: str, text: str | None) -> float:
    try:
        number = float(text or "")
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise FormatError(f"{path}: line {line}, column {column}: {text!r} is no number")
    return number


def _trial(name: str, table: Floats) -> CopTrial:
    if len(table) < _FEWEST:
        raise FormatError(f"{name}: {len(table)} samples with a centre of pressure are too few")
    steps = np.diff(table[:, 0])
    if steps.min() <= 0:
        row = int(np.argmin(steps)) + 2
        raise FormatError(f"{name}: sample {row}, column t_s: time does not go forward")
    period_s = (table[-1, 0] - table[0, 0]) / (len(table) - 1)
    if np.abs(steps - period_s).max() > _MOST_JITTER * period_s:
        raise FormatError(
            f"{name}: samples are uneven or missing (steps of {steps.min():.4f} to "
            f"{steps.max():.4f} s); sway needs an evenly sampled trial"
        )
    return CopTrial(table[:, 1], table[:, 2], float(1 / period_s))
