"""A scenario as files: the contract's raw CSV, the calibration of the rig, and the labels."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from rig.errors import ConfigError
from rig.export import raw_csv, write_file
from rig.names import IMU_AXES
from rig.recording.columns import CELLS_N, PADS_N, TIME
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.labels import labels
from rig.simulation.trainee.library import scenarios
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import Performance, perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import SCENARIOS, Script

UNITS: Final = ("counts", "newtons")
_LIBRARY: Final = 6  # scenarios of each group that have a name


def scenario_names() -> list[str]:
    """Every name that `record` takes: the running rig's, and the library's."""
    return [*SCENARIOS, *(scenario.name for scenario in scenarios(_LIBRARY))]


def record(name: str, seed: int, unit: str, directory: Path, *, imu: bool = False) -> list[Path]:
    """Write `raw.csv`, `calibration.json` (for counts) and `labels.json`; returns what it wrote.

    With `imu` the dowel has an inertial sensor: beside newtons an exact one.
    """
    script = _script(name)
    performance = perform(script, seed)
    files = {"labels.json": [_json(labels(performance))]}
    if unit == "newtons":
        pieces = _newtons(performance, imu=imu)
    else:
        pieces = raw_csv([frames_of(performance, true_rig(seed), seed, imu=imu)])
        files["calibration.json"] = [_json(tared_calibration(seed).to_json())]
    directory.mkdir(parents=True, exist_ok=True)
    write_file(directory / "raw.csv", pieces)
    for file, content in files.items():
        write_file(directory / file, content)
    return [directory / file for file in ("raw.csv", *sorted(files))]


def _script(name: str) -> Script:
    if name in SCENARIOS:
        return SCENARIOS[name]
    for scenario in scenarios(_LIBRARY):
        if scenario.name == name:
            return scenario.script
    raise ConfigError(f"{name!r} is no scenario: `hinge-rig sim scenarios --all` lists them")


def _json(document: object) -> bytes:
    return (json.dumps(document, indent=2) + "\n").encode()


def _newtons(performance: Performance, *, imu: bool) -> Iterator[bytes]:
    """Exact forces, as a perfect rig would give them."""
    columns = [TIME, *CELLS_N, *PADS_N, *(IMU_AXES if imu else ())]
    yield (",".join(columns) + "\r\n").encode()
    rows = np.column_stack([performance.cell_n, performance.pad_n])
    if imu:
        rows = np.column_stack([rows, performance.imu])
    for n, row in enumerate(rows.tolist()):
        yield (f"{n / RATE_HZ:.9f}," + ",".join(f"{value:.4f}" for value in row) + "\r\n").encode()
