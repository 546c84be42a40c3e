"""Scenarios as files: what `analyze` reads, and what is true of it."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from rig.cli import cli
from rig.errors import ConfigError
from rig.names import IMU_AXES
from rig.recording.raw_csv import RawCsv
from rig.simulation.trainee.recording import record, scenario_names


def analysed(directory, *more):
    command = ["analyze", str(directory / "raw.csv"), "--json", *more]
    return json.loads(CliRunner().invoke(cli, command, catch_exceptions=False).stdout)


@pytest.mark.parametrize("unit", ["counts", "newtons"])
def test_analyze_finds_in_the_file_what_the_labels_say(tmp_path, unit):
    files = {path.name: path for path in record("faults-0", 3, unit, tmp_path)}
    calibrated = "calibration.json" in files
    assert calibrated == (unit == "counts")
    more = ["--calibration", str(files["calibration.json"])] if calibrated else []
    found = analysed(tmp_path, *more)
    labels = json.loads(files["labels.json"].read_text())
    assert [rep["kind"] for rep in found["reps"]] == [rep["kind"] for rep in labels["reps"]]
    for rep, truth in zip(found["reps"], labels["reps"], strict=True):
        assert rep["start_s"] == pytest.approx(truth["start_s"], abs=0.2)
    assert found["body_weight_n"] == pytest.approx(labels["body_weight_n"], rel=0.01)
    lost = [loss["pad"] for loss in found["contact_losses"]]
    assert lost == [loss["pad"] for loss in labels["contact_losses"]]


@pytest.mark.parametrize("unit", ["counts", "newtons"])
def test_with_an_inertial_sensor_the_forces_are_the_same_and_its_columns_stand_behind(
    tmp_path, unit
):
    record("first-steps", 3, unit, tmp_path / "without")
    record("first-steps", 3, unit, tmp_path / "with", imu=True)
    (bare, *_), (header, *rows) = (
        (tmp_path / name / "raw.csv").read_text().splitlines() for name in ("without", "with")
    )
    assert header.startswith(f"{bare},{','.join(IMU_AXES)}")
    first = (tmp_path / "without" / "raw.csv").read_text().splitlines()[1]
    assert rows[0].startswith(first)
    raw = RawCsv(tmp_path / "with" / "raw.csv")
    blocks = raw.frames() if unit == "counts" else raw.forces()
    force = np.concatenate([np.linalg.norm(b["imu_values"][:, :3], axis=1) for b in blocks])
    assert np.median(force) == pytest.approx(9.81, abs=0.3)


def test_every_listed_scenario_can_be_had():
    names = scenario_names()
    assert len(names) == len(set(names)) > 60


def test_an_unknown_one_says_where_the_names_are(tmp_path):
    with pytest.raises(ConfigError, match="sim scenarios --all"):
        record("nothing", 1, "counts", tmp_path / "there")
    assert not (tmp_path / "there").exists()
