"""The record sheet's fit: good readings give the rig's gains back, bad ones are named."""

import csv
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.calibration import fit
from rig.calibration import parse_calibration, typical_calibration
from rig.names import CELLS, PADS
from tests.hardware.plans import HARDWARE

NOW = typical_calibration("rig-1", id="typical", created_utc="2026-01-01T00:00:00Z")
SHEET = HARDWARE / "calibration" / "record-sheet.csv"


def blank_rows():
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def filled(gain=2190.0, zero=5000.0, changes=lambda row, counts: counts, pad=(0.0002, 0.85)):
    """The sheet as a rig with these gains would fill it; `changes` spoils what it likes."""
    rows = blank_rows()
    for row in rows:
        load = float(row["load"])
        if row["step"] == "pad":
            counts = pad_counts(load, *pad)
        elif row["step"] == "crosstalk":
            counts = zero
        else:
            counts = zero + gain * load * fit.G
        row["counts"] = f"{changes(row, counts):.1f}"
    return rows


def pad_counts(force_n, at_1n, exponent):
    of = NOW.pads[0]
    siemens = at_1n * force_n**exponent + 1 / of.parallel_ohm
    return of.supply_v * of.divider_ohm * siemens / (1 + of.divider_ohm * siemens) / of.lsb_v


def run(tmp_path, capsys, rows, *arguments):
    sheet, now = tmp_path / "sheet.csv", tmp_path / "now.json"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fit.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    now.write_text(json.dumps(NOW.to_json()))
    status = fit.main([str(sheet), "--calibration", str(now), *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_good_sheet_passes_every_check_and_gives_the_gains_back(tmp_path, capsys):
    new = tmp_path / "new.json"
    status, said, _ = run(tmp_path, capsys, filled(), "--out", str(new))
    assert status == 0
    assert "FAIL" not in said
    assert "not done" not in said
    made = parse_calibration(json.loads(new.read_text()))
    assert [cell.counts_per_n for cell in made.cells] == pytest.approx([2190.0] * 4, rel=1e-6)
    assert [cell.zero_counts for cell in made.cells] == pytest.approx([5000.0] * 4, abs=0.2)
    assert [pad.exponent for pad in made.pads] == pytest.approx([0.85] * len(PADS), rel=1e-3)
    assert [pad.siemens_at_1n for pad in made.pads] == pytest.approx([0.0002] * len(PADS), rel=1e-3)
    assert [(c.ml_mm, c.ap_mm) for c in made.cells] == [(c.ml_mm, c.ap_mm) for c in NOW.cells]


@settings(max_examples=40)
@given(
    gain=st.floats(500, 4000).flatmap(lambda g: st.sampled_from([g, -g])),
    zero=st.floats(-300_000, 300_000),
)
def test_any_gain_of_either_sign_is_found(gain, zero):
    readings = [
        fit.Reading("span", "left_heel", "up", load, zero + gain * load * fit.G)
        for load in (0, 20, 40, 60, 80)
    ]
    found_zero, found_gain = fit.fit_cell(readings)
    assert found_gain == pytest.approx(gain, rel=1e-6)
    assert found_zero == pytest.approx(zero, abs=1)


def spoil(step, channel, position=None, load=None, by=0.0, times=1.0):
    def changes(row, counts):
        mine = (row["step"], row["channel"]) == (step, channel)
        if mine and position in (None, row["position"]) and load in (None, float(row["load"])):
            return counts * times + by
        return counts

    return changes


@pytest.mark.parametrize(
    ("changes", "channel", "check"),
    [
        (spoil("span", "left_toe", load=40, by=8000), "left_toe", "span residual, % of 80 kg"),
        (spoil("span", "left_toe", "down", 40, by=9000), "left_toe", "span hysteresis, % of 80 kg"),
        (spoil("span", "right_heel", load=80, times=0.95), "right_heel", "span R²"),
        (spoil("span", "right_toe", times=0.01), "right_toe", "span moves, % of range"),
        (spoil("places", "left_heel", "front left", times=1.02), "left_heel", "places, spread %"),
        (spoil("crosstalk", "left_heel", "left_toe", by=7000), "left_heel", "crosstalk, %"),
        (spoil("creep", "right_toe", "end", times=1.004), "right_toe", "creep in 30 min, %"),
        (spoil("creep", "right_toe", "after", by=3000), "right_toe", "zero return, N"),
        (spoil("pad", "head", load=4, times=1.1), "head", "pad refit, %"),
        (spoil("pad", "tailbone", "2", times=0.8), "tailbone", "pad repeat, %"),
    ],
)
def test_what_is_wrong_is_named_with_its_channel(tmp_path, capsys, changes, channel, check):
    status, said, _ = run(tmp_path, capsys, filled(changes=changes))
    assert status == 1
    failed = [line for line in said.splitlines() if line.endswith("FAIL")]
    assert any(line.startswith(channel) and check in line for line in failed), said
    assert {line.split()[0] for line in failed} == {channel}


def test_budget_cells_may_differ_by_2_percent_from_place_to_place(tmp_path, capsys):
    rows = filled(changes=spoil("places", "left_heel", "front left", times=1.015))
    assert run(tmp_path, capsys, rows)[0] == 1
    assert run(tmp_path, capsys, rows, "--budget")[0] == 0


def test_a_blank_sheet_is_not_done_and_makes_no_calibration(tmp_path, capsys):
    new = tmp_path / "new.json"
    status, said, errors = run(tmp_path, capsys, blank_rows(), "--out", str(new))
    assert status == 1
    assert said.count("not done") == said.count("\n")
    assert "the span of left_heel, left_toe, right_heel, right_toe is not good" in errors
    assert not new.exists()


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"counts": "much"}, "sheet.csv:2: counts must be a number, not 'much'"),
        ({"channel": "left_hel", "counts": "1"}, "channel 'left_hel' is none of the rig's"),
        ({"counts": "8388607"}, "left_heel was saturated: not used"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path, capsys, row, text):
    rows = blank_rows()
    rows[0] |= row
    status, _, errors = run(tmp_path, capsys, rows)
    assert status == 1
    assert text in errors
    assert len(errors.splitlines()) == 1


def test_the_sheet_has_every_reading_of_the_procedure():
    rows = blank_rows()
    for cell in CELLS:
        span = [(row["position"], row["load"]) for row in rows
                if (row["step"], row["channel"]) == ("span", cell)]  # fmt: skip
        assert len(span) == 9
    assert {row["channel"] for row in rows} == {*CELLS, *PADS}
    assert np.all([row["counts"] == "" for row in rows])


def test_the_page_has_the_limits_of_the_script():
    page = (HARDWARE / "calibration" / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| `([^`]+)` \| ((?:at least|at most) [\d.]+) \|", page))
    assert listed == {name: f"{kind} {limit:g}" for name, (limit, kind) in fit.LIMITS.items()}
    assert f"{fit.BUDGET_SPREAD_PCT:g} %" in page
