"""The columns of the signals' file follow what the recording has."""

import pytest

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.reanalysis.signals import LEAN_COLUMNS, SIGNAL_COLUMNS, signals_csv
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script


@pytest.mark.parametrize(
    ("imu", "columns"), [(False, SIGNAL_COLUMNS), (True, (*SIGNAL_COLUMNS, *LEAN_COLUMNS))]
)
def test_the_lean_has_columns_only_where_there_is_the_sensor(imu, columns):
    frames = frames_of(perform(find_script("steady"), 1), true_rig(1), 1, imu=imu)[:1500]
    pipeline = Pipeline(tared_calibration(1), AnalysisSettings())
    blocks = (frames[at : at + 500] for at in range(0, len(frames), 500))
    outputs = ((block, pipeline.feed(block)) for block in (frames[:0], *blocks))
    header, *rows = b"".join(signals_csv(outputs)).decode().split("\r\n")[:-1]
    assert header == ",".join(columns)
    assert len(rows) == len(frames)
    assert {row.count(",") for row in rows} == {len(columns) - 1}
    assert any(row.split(",")[-2] for row in rows)
