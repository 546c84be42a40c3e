"""Judge a filled-in record sheet and make a calibration of it.

    python hardware/calibration/fit.py SHEET.csv --calibration NOW.json [--out NEW.json]

SHEET is `record-sheet.csv` with counts filled in (the doctor's column "median counts"); NOW comes
from `hinge-rig calibration export`. Prints a verdict per check. NEW is written only if every check
of the cells' span passes, with pads where all three pass. Exit status 1 if a check fails.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.calibration import Calibration, read_calibration
from rig.errors import CalibrationError
from rig.names import CELLS, PADS

G: Final = 9.80665
FULL_SCALE_COUNTS: Final = 1 << 23
COLUMNS: Final = ["step", "channel", "position", "load", "counts"]
Limits = Mapping[str, tuple[float, str]]
LIMITS: Final[Limits] = {
    "span R²": (0.9999, "at least"),
    "span residual, % of 80 kg": (0.3, "at most"),
    "span hysteresis, % of 80 kg": (0.3, "at most"),
    "span moves, % of range": (1.0, "at least"),
    "places, spread %": (1.0, "at most"),
    "crosstalk, %": (0.3, "at most"),
    "creep in 30 min, %": (0.2, "at most"),
    "zero return, N": (1.0, "at most"),
    "pad refit, %": (20.0, "at most"),
    "pad repeat, %": (10.0, "at most"),
}
"""Acceptance limits by check; inferred, except that a span must move 1 % of the range (Klipper)."""
BUDGET_SPREAD_PCT: Final = 2.0
BUDGET_LIMITS: Final[Limits] = {**LIMITS, "places, spread %": (BUDGET_SPREAD_PCT, "at most")}


@dataclass(frozen=True)
class Reading:
    """One line of the sheet; `load` in kg, for pads in newtons."""

    step: str
    channel: str
    position: str
    load: float
    counts: float


@dataclass(frozen=True)
class Verdict:
    """One check of one channel; `value` None: its readings are not all there."""

    check: str
    channel: str
    value: float | None

    def word(self, limits: Limits = LIMITS) -> str:
        """`pass`, `FAIL` or `not done`."""
        if self.value is None:
            return "not done"
        limit, kind = limits[self.check]
        good = self.value >= limit if kind == "at least" else self.value <= limit
        return "pass" if good else "FAIL"


def read_sheet(path: Path) -> list[Reading]:
    """The readings that are filled in; `CalibrationError` names line and column of a mistake."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise CalibrationError(f"{path}:1: columns must be {','.join(COLUMNS)}")
        return [_reading(path, rows.line_num, row) for row in rows if (row["counts"] or "").strip()]


def _reading(path: Path, line: int, row: dict[str, str]) -> Reading:
    numbers = {}
    for column in ("load", "counts"):
        try:
            numbers[column] = float(row[column])
        except (TypeError, ValueError):
            raise CalibrationError(
                f"{path}:{line}: {column} must be a number, not {row[column]!r}"
            ) from None
    if row["channel"] not in (*CELLS, *PADS):
        raise CalibrationError(f"{path}:{line}: channel {row['channel']!r} is none of the rig's")
    if abs(numbers["counts"]) >= FULL_SCALE_COUNTS - 1:
        raise CalibrationError(f"{path}:{line}: {row['channel']} was saturated: not used")
    return Reading(row["step"], row["channel"], row["position"], **numbers)


def chosen(readings: Iterable[Reading], step: str, channel: str) -> list[Reading]:
    """One step's readings of a channel, in the order of the sheet."""
    return [one for one in readings if (one.step, one.channel) == (step, channel)]


def fit_cell(readings: Sequence[Reading]) -> tuple[float, float]:
    """Zero and counts per newton of a cell's span readings: least squares."""
    slope, zero = np.polyfit(
        [one.load * G for one in readings], [one.counts for one in readings], 1
    )
    return float(zero), float(slope)


def judge_span(readings: Sequence[Reading], cell: str) -> Iterator[Verdict]:
    """Linearity, hysteresis and size of a cell's span."""
    names = [name for name in LIMITS if name.startswith("span")]
    span = chosen(readings, "span", cell)
    if len(span) < 9:
        yield from (Verdict(name, cell, None) for name in names)
        return
    zero, gain = fit_cell(span)
    force = np.array([one.load * G for one in span])
    counts = np.array([one.counts for one in span])
    residual = counts - zero - gain * force
    scale = abs(gain) * 80 * G
    fit = 1 - (residual**2).sum() / ((counts - counts.mean()) ** 2).sum()
    loops = [
        abs(np.mean([one.counts for one in span if (one.load, one.position) == (load, "up")])
            - np.mean([one.counts for one in span if (one.load, one.position) == (load, "down")]))
        for load in (20.0, 40.0, 60.0)
    ]  # fmt: skip
    values = (
        float(fit),
        100 * float(np.abs(residual).max()) / scale,
        100 * float(max(loops)) / scale,
        100 * float(np.ptp(counts)) / FULL_SCALE_COUNTS,
    )
    yield from (Verdict(name, cell, value) for name, value in zip(names, values, strict=True))


def judge_places(readings: Sequence[Reading], cell: str, gain: float) -> Verdict:
    """20 kg at five places of a plate: how far the readings lie apart."""
    places = chosen(readings, "places", cell)
    loaded = [one.counts for one in places if one.load > 0]
    empty = [one.counts for one in places if one.load == 0]
    if len(loaded) < 5 or not empty:
        return Verdict("places, spread %", cell, None)
    return Verdict("places, spread %", cell, 100 * float(np.ptp(loaded)) / abs(gain * 20 * G))


def judge_crosstalk(readings: Sequence[Reading], cell: str, gain: float) -> Verdict:
    """What a plate shows of the load on another one."""
    rows = chosen(readings, "crosstalk", cell)
    empty = [one.counts for one in rows if one.load == 0]
    loaded = [one for one in rows if one.load > 0]
    if not empty or len(loaded) < len(CELLS) - 1:
        return Verdict("crosstalk, %", cell, None)
    shown = [abs(one.counts - empty[0]) / abs(gain * one.load * G) for one in loaded]
    return Verdict("crosstalk, %", cell, 100 * max(shown))


def judge_creep(readings: Sequence[Reading], cell: str, gain: float) -> Iterator[Verdict]:
    """60 kg for 30 minutes, and the zero after it."""
    rows = {one.position: one for one in chosen(readings, "creep", cell)}
    creep = zero = None
    if {"begin", "end"} <= set(rows):
        moved = rows["end"].counts - rows["begin"].counts
        creep = 100 * abs(moved) / abs(gain * rows["begin"].load * G)
    if {"before", "after"} <= set(rows):
        zero = abs(rows["after"].counts - rows["before"].counts) / abs(gain)
    yield Verdict("creep in 30 min, %", cell, creep)
    yield Verdict("zero return, N", cell, zero)


def fit_pad(readings: Sequence[Reading], now: Calibration, pad: str) -> tuple[float, float]:
    """Siemens at 1 N and exponent: a line through log conductance over log force."""
    siemens = _siemens(readings, now, pad)
    force = np.array([one.load for one in readings])
    exponent, at_1n = np.polyfit(np.log(force), np.log(siemens), 1)
    return float(np.exp(at_1n)), float(exponent)


def _siemens(readings: Sequence[Reading], now: Calibration, pad: str) -> npt.NDArray[np.float64]:
    of = now.pads[PADS.index(pad)]
    volts = np.array([one.counts for one in readings]) * of.lsb_v
    parallel = 1 / of.parallel_ohm if of.parallel_ohm else 0.0
    siemens = volts / (of.divider_ohm * (of.supply_v - volts)) - parallel
    if not (siemens > 0).all():
        raise CalibrationError(f"{pad}: a reading is not above that of an untouched pad")
    return siemens


def judge_pad(readings: Sequence[Reading], now: Calibration, pad: str) -> Iterator[Verdict]:
    """How well the law gives the forces back, and how well three rounds agree."""
    rows = chosen(readings, "pad", pad)
    loads = sorted({one.load for one in rows})
    refit = repeat = None
    if len(loads) >= 5 and len(rows) >= 15:
        at_1n, exponent = fit_pad(rows, now, pad)
        force = (_siemens(rows, now, pad) / at_1n) ** (1 / exponent)
        given = np.array([one.load for one in rows])
        mean = np.array([force[given == load].mean() for load in loads])
        refit = 100 * float(np.abs(mean / loads - 1).max())
        spread = [force[given == load].std(ddof=1) for load in loads]
        repeat = 100 * float((np.array(spread) / mean).max())
    yield Verdict("pad refit, %", pad, refit)
    yield Verdict("pad repeat, %", pad, repeat)


def judge(readings: Sequence[Reading], now: Calibration) -> list[Verdict]:
    """Every check of every channel."""
    verdicts: list[Verdict] = []
    for cell, present in zip(CELLS, now.cells, strict=True):
        span = chosen(readings, "span", cell)
        gain = fit_cell(span)[1] if len(span) >= 9 else present.counts_per_n
        verdicts += judge_span(readings, cell)
        verdicts.append(judge_places(readings, cell, gain))
        verdicts.append(judge_crosstalk(readings, cell, gain))
        verdicts += judge_creep(readings, cell, gain)
    for pad in PADS:
        verdicts += judge_pad(readings, now, pad)
    return verdicts


def calibrate(
    readings: Sequence[Reading], now: Calibration, verdicts: Sequence[Verdict], made: datetime
) -> Calibration:
    """The new calibration; `CalibrationError` where a span is incomplete or fails."""
    bad = sorted({one.channel for one in verdicts
                  if one.check.startswith("span") and one.word() != "pass"})  # fmt: skip
    if bad:
        raise CalibrationError(f"no calibration was made: the span of {', '.join(bad)} is not good")
    cells = []
    for cell, present in zip(CELLS, now.cells, strict=True):
        zero, gain = fit_cell(chosen(readings, "span", cell))
        cells.append(replace(present, zero_counts=zero, counts_per_n=gain))
    pads = list(now.pads)
    if all(one.word() == "pass" for one in verdicts if one.channel in PADS):
        for number, pad in enumerate(PADS):
            at_1n, exponent = fit_pad(chosen(readings, "pad", pad), now, pad)
            pads[number] = replace(pads[number], siemens_at_1n=at_1n, exponent=exponent)
    stamp = f"{made:%Y-%m-%dT%H:%M:%SZ}"
    return replace(
        now, id=f"bench-{stamp}", created_utc=stamp, cells=tuple(cells), pads=tuple(pads)
    )


def report(verdicts: Sequence[Verdict], limits: Limits, say: Callable[[str], None]) -> None:
    """One line a check."""
    for one in verdicts:
        limit, kind = limits[one.check]
        value = "-" if one.value is None else f"{one.value:.5g}"
        say(f"{one.channel:<11} {one.check:<28} {value:>9}   {kind} {limit:g}   {one.word(limits)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--calibration", type=Path, required=True, help="the one in force")
    parser.add_argument("--out", type=Path, help="write the new calibration here")
    parser.add_argument("--budget", action="store_true", help="budget cells: places spread 2 %%")
    asked = parser.parse_args(arguments)
    limits = BUDGET_LIMITS if asked.budget else LIMITS
    try:
        now = read_calibration(asked.calibration.read_text("utf-8"), str(asked.calibration))
        readings = read_sheet(asked.sheet)
        verdicts = judge(readings, now)
        report(verdicts, limits, print)
        if asked.out:
            new = calibrate(readings, now, verdicts, datetime.now(UTC))
            asked.out.write_text(json.dumps(new.to_json(), indent=2) + "\n", encoding="utf-8")
            print(
                f"{asked.out}: {new.id}; put it in force: hinge-rig calibration import {asked.out}"
            )
    except (CalibrationError, OSError) as error:
        print(f"fit: {error}", file=sys.stderr)
        return 1
    return int(any(one.word(limits) == "FAIL" for one in verdicts))


if __name__ == "__main__":
    sys.exit(main())
