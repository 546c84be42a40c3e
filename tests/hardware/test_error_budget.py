"""The error budget's tables are the page's, and what is claimed covers what comes out."""

import csv
import subprocess
import sys

import numpy as np
import pytest

from hardware.calibration import fit
from hardware.verification import error_budget as budget
from rig.calibration import typical_calibration
from tests.hardware.plans import HARDWARE

VERIFICATION = HARDWARE / "verification"
COLUMNS = ("expected_n", "allowed_n")
PLATES = typical_calibration("rig", id="x", created_utc="").cells
BODY_N = budget.BODY_KG * budget.G


def test_the_pages_tables_are_what_the_script_prints():
    done = subprocess.run(
        [sys.executable, VERIFICATION / "error_budget.py"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout in (VERIFICATION / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_claim_covers_the_budget(column):
    assert budget.share_pct(column) <= budget.CLAIMS["share"]
    assert budget.total_pct(column) <= budget.CLAIMS["total"]
    assert budget.change_mm(column) <= budget.CLAIMS["change"]
    assert budget.absolute_mm(column) <= budget.CLAIMS["absolute"]


def test_a_lost_contact_is_seen_within_the_claim():
    assert 10 < sum(budget.contact_parts_ms().values()) <= budget.CLAIMS["contact"]


@pytest.fixture(scope="module")
def simulated():
    """Many rigs' four plates with random errors, as relative forces (LH, LT, RH, RT)."""
    random = np.random.default_rng(7)
    errors = random.normal(0, budget.plate_n("allowed_n"), (200_000, 4))
    return BODY_N / 4 + errors


def test_share_and_total_are_what_many_rigs_with_such_errors_would_show(simulated):
    total = simulated.sum(axis=1)
    share = 100 * simulated[:, [0, 2]].sum(axis=1) / total
    assert 2 * share.std() == pytest.approx(budget.share_pct("allowed_n"), rel=0.01)
    assert 2 * 100 * total.std() / BODY_N == pytest.approx(budget.total_pct("allowed_n"), rel=0.01)


def test_the_place_of_cop_is_what_feet_with_unknown_places_would_show():
    random = np.random.default_rng(7)
    heel, toe = budget.HEEL_SHARE / 2, (1 - budget.HEEL_SHARE) / 2
    places = random.normal(0, budget.CONTACT_SD_MM, (200_000, 4))
    moved = 2 * (places * [heel, toe, heel, toe]).sum(axis=1).std()
    assert moved == pytest.approx(budget.absolute_mm("allowed_n"), rel=0.05)
    assert moved <= budget.absolute_mm("allowed_n")


def test_limits_of_the_budget_are_those_of_the_calibration():
    allowed = {part.name: part.allowed_n for part in budget.parts()}
    load = budget.plate_load_n()
    limit = {name: value for name, (value, _) in fit.LIMITS.items()}
    assert allowed["linearity and hysteresis"] == pytest.approx(
        limit["span residual, % of 80 kg"] / 100 * 80 * budget.G
    )
    assert allowed["repeatability and creep"] == pytest.approx(
        limit["creep in 30 min, %"] / 100 * 60 * budget.G
    )
    assert allowed["zero"] == limit["zero return, N"]
    assert allowed["place on the plate"] == pytest.approx(limit["places, spread %"] / 200 * load)
    assert allowed["crosstalk"] == pytest.approx(limit["crosstalk, %"] / 100 * load)


def test_the_record_sheet_has_the_claims_as_limits():
    with (VERIFICATION / "record-sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["check"]: row for row in csv.DictReader(file)}
    assert float(rows["2 held-out 50 kg across the plates"]["limit"]) == budget.CLAIMS["total"]
    assert float(rows["4 heel share with equal weights"]["limit"]) == budget.CLAIMS["share"]
    assert float(rows["5 change of CoP with one weight moved"]["limit"]) == budget.CLAIMS["change"]
    quarter_mm = (PLATES[1].ap_mm - PLATES[0].ap_mm) / 4
    assert rows["5 change of CoP with one weight moved"]["unit"] == f"mm from {quarter_mm:g}"
    page = (VERIFICATION / "README.md").read_text(encoding="utf-8")
    steps = {name.split()[0] for name in rows}
    assert steps == {
        line.split(".")[0]
        for line in page.splitlines()
        if line[:2].rstrip(".").isdigit() and ". **" in line
    }
