"""Sway metrics by their definitions, and against published values."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from rig.analysis.sway import lowpass, sway_metrics
from rig.errors import FormatError
from rig.reanalysis.cop import read_cop

DATA = Path(__file__).parents[4] / "shared" / "data"


def circle(radius_mm=5.0, hz=0.5, fs_hz=100.0, seconds=60):
    t = np.arange(round(seconds * fs_hz)) / fs_hz
    angle = 2 * np.pi * hz * t
    return radius_mm * np.cos(angle), radius_mm * np.sin(angle), fs_hz


def test_a_circle_has_the_metrics_that_geometry_gives():
    sway = sway_metrics(*circle())
    assert sway.mean_velocity_mm_s == pytest.approx(2 * np.pi * 5 * 0.5, rel=1e-3)
    assert sway.rms_ml_mm == pytest.approx(5 / math.sqrt(2), rel=1e-6)
    assert sway.range_ap_mm == pytest.approx(10, rel=1e-3)
    assert sway.sway_area_mm2_s == pytest.approx(np.pi * 25 * 0.5, rel=1e-3)
    assert sway.mean_frequency_hz == pytest.approx(0.5, rel=1e-2)


def test_the_ellipse_is_where_a_further_sample_lies_in_95_per_cent():
    rng = np.random.default_rng(1)
    x, y = rng.normal(0, 3, 20_000), rng.normal(0, 1, 20_000)
    area = sway_metrics(x, y, 100.0).ellipse95_mm2
    scale = area / (np.pi * 3)  # squared radius in standard deviations
    assert ((x / 3) ** 2 + y**2 <= scale).mean() == pytest.approx(0.95, abs=0.01)


def test_metrics_do_not_depend_on_where_the_platform_is():
    x, y, fs = circle()
    assert sway_metrics(x + 100, y - 50, fs).ellipse95_mm2 == pytest.approx(
        sway_metrics(x, y, fs).ellipse95_mm2
    )


def test_the_filter_keeps_the_slow_and_takes_off_the_fast():
    slow, _, fs = circle(hz=0.5)
    fast, _, _ = circle(hz=30.0)
    assert lowpass(slow + fast, fs, 5.0)[100:-100] == pytest.approx(slow[100:-100], abs=0.05)


@pytest.mark.skipif(not DATA.exists(), reason="published trials are not here")
@pytest.mark.parametrize("trial", ["BDS00003", "BDS00004"])
def test_published_values_come_out_to_nine_digits(trial):
    published = json.loads((DATA / "sway_published.json").read_text())[trial]
    cop = read_cop(DATA / f"{trial}.csv")
    metrics = sway_metrics(cop.ml_mm, cop.ap_mm, cop.fs_hz).to_json()
    for name, value in published.items():
        assert metrics[name] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("t_s,cop_ml_mm,cop_ap_mm\n0,1,x\n", "line 2, column cop_ap_mm: 'x' is no number"),
        ("t_s,cop_ml_mm,cop_ap_mm\n0,1,1\n", "1 samples"),
        ("t_s,cop_ml_mm,cop_ap_mm\n" + "0,1,1\n" * 9, "time does not go forward"),
        (
            "t_s,cop_ml_mm,cop_ap_mm\n" + "".join(f"{t},1,1\n" for t in [*range(9), 20]),
            "uneven or missing",
        ),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, text, message):
    path = tmp_path / "cop.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        read_cop(path)
