"""Recordings that are not made here, with what is true of them: other simulations, and people.

Both formats are those of the shared documents: a library of simulated bodies (`labels.json`, and
per scenario a CSV of counts and a `calib.json`), and motion with computed forces (`labels.json`
with spans, CSV files in newtons). Nothing of them is kept in this repository.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rig.analysis.pipeline import Output, Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration, CellCalibration, PadCalibration, typical_calibration
from rig.frames import FRAME, Block, Forces
from rig.names import FaultName
from rig.recording.raw_csv import RawCsv
from tests.support.pads import pads

_NO_DATE = "1970-01-01T00:00:00Z"
_NAMES: dict[str, FaultName] = {"lr_shift": "side_shift"}


@dataclass(frozen=True)
class TrueRep:
    """A repetition that was done; `allowed` faults are neither demanded nor wrong."""

    start_s: float
    end_s: float
    faults: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outside:
    """A recording's times since its first row; `spans` are of bends that are no repetitions."""

    name: str
    output: Output
    reps: tuple[TrueRep, ...]
    squats: tuple[TrueRep, ...] = ()


def bodies(directory: Path) -> Iterator[Outside]:
    """A library of simulated bodies, as its generator leaves it."""
    for name, labels in json.loads((directory / "labels.json").read_text()).items():
        calibration = _calibration(json.loads((directory / f"{name}.calib.json").read_text()))
        block, first_s = _counts(directory / f"{name}.csv")
        output = Pipeline(calibration, AnalysisSettings()).feed(block)
        reps = tuple(_rep(rep, first_s) for rep in labels["reps"])
        squats = tuple(_rep(e, first_s) for e in labels["events"] if e["kind"] == "squat")
        yield Outside(name, output, reps, squats)


def people(directory: Path) -> Iterator[Outside]:
    """Motion of people with computed forces: squats and other movements, none a hinge."""
    for name, labels in json.loads((directory / "labels.json").read_text()).items():
        squats = sum(count for kind, count in labels["classes"].items() if "squat" in kind)
        spans = tuple(TrueRep(*span) for span in labels["spans"]) if squats else ()
        calibration = typical_calibration("none", id="none", created_utc=_NO_DATE)
        pipeline = Pipeline(calibration, AnalysisSettings())
        yield Outside(name, pipeline.feed_forces(_forces(directory / f"{name}.csv")), (), spans)


def _forces(path: Path) -> Forces:
    return np.concatenate(list(RawCsv(path).forces()))


def _rep(labels: dict, first_s: float) -> TrueRep:
    faults, allowed = (
        frozenset(_NAMES.get(name, name) for name in labels.get(key, ()))
        for key in ("faults", "faults_allowed")
    )
    return TrueRep(labels["start"] - first_s, labels["end"] - first_s, faults, allowed)


def _counts(path: Path) -> tuple[Block, float]:
    with path.open(newline="") as file:
        _, *rows = csv.reader(file)
    table = np.array(rows, dtype=np.float64)
    block = np.zeros(len(table), FRAME)
    block["t_ns"] = np.round((table[:, 0] - table[0, 0]) * 1e9)
    block["cell_counts"], block["pad_counts"] = table[:, 1:5], table[:, 5:]
    block["cell_t_ns"] = block["pad_t_ns"] = 0
    block["cell_t_ns"] += block["t_ns"][:, None]
    block["pad_t_ns"] += block["t_ns"][:, None]
    return block, float(table[0, 0])


def _calibration(about: dict) -> Calibration:
    """Places are from the middle between the plates; pads are typical ones, not calibrated."""
    half_ap = (about["plate_toe_x_mm"] - about["plate_heel_x_mm"]) / 2
    half_ml = (about["plate_right_y_mm"] - about["plate_left_y_mm"]) / 2
    places = [(-half_ml, -half_ap), (-half_ml, half_ap), (half_ml, -half_ap), (half_ml, half_ap)]
    zeros_gains = zip(about["cell_offset_counts"], about["cell_counts_per_N"], strict=True)
    cells = tuple(
        CellCalibration(zero, gain, *place)
        for (zero, gain), place in zip(zeros_gains, places, strict=True)
    )
    divider = about["pad_vcc_V"], about["pad_divider_ohm"]
    pad = PadCalibration(about["ads_lsb_V"], *divider, None, 1e-4, 0.88)
    return Calibration("outside", _NO_DATE, "outside", cells, pads(pad), None)
