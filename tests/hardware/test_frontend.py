"""The front end's values: the page, the drawing, the bill of materials and the code agree."""

import html
import re
from itertools import pairwise

import pytest

from rig.calibration import TYPICAL_COUNTS_PER_N, PadCalibration
from rig.config import Config
from tests.hardware.plans import HARDWARE, bom, expand_ranges, references

FRONTEND = HARDWARE / "frontend"
PAD = PadCalibration()


def page():
    return (FRONTEND / "README.md").read_text(encoding="utf-8")


def part(reference):
    return next(row for row in bom("standard") if reference in row["reference"].split())


def test_the_softwares_typical_pad_has_the_values_of_the_parts():
    assert part("R1")["specification"] == f"{PAD.divider_ohm / 1000:g} kΩ"
    assert part("R7")["specification"] == f"{PAD.parallel_ohm / 1000:g} kΩ"
    assert PAD.supply_v == 3.3
    assert PAD.lsb_v == 4.096 / 2**15
    assert f"0x{Config().pads.i2c_address:x}" in part("A6")["specification"]


def node_volts(force_n):
    siemens = 1 / PAD.parallel_ohm + (PAD.siemens_at_1n * force_n**PAD.exponent if force_n else 0)
    return PAD.supply_v * PAD.divider_ohm / (PAD.divider_ohm + 1 / siemens)


def test_the_modelled_voltages_are_those_of_the_typical_pad():
    row = next(line for line in page().splitlines() if line.startswith("| node |"))
    volts = [float(cell.split()[0]) for cell in row.split("|")[2:-1]]
    modelled = [node_volts(force_n) for force_n in (0, 0.5, 1, 4, 8, 15)]
    assert volts[:6] == pytest.approx(modelled, abs=0.006)
    assert volts[6:] == [PAD.supply_v, 0]


def test_a_2_mv_per_v_cell_of_200_kg_gives_the_typical_counts():
    full_scale = 0.002 / (0.5 / Config().cells.gain) * 2**23
    assert full_scale / (200 * 9.80665) == pytest.approx(TYPICAL_COUNTS_PER_N, rel=0.001)
    assert f"about {TYPICAL_COUNTS_PER_N:.0f} counts per newton" in page()


@pytest.mark.parametrize("name", ["R1", "R4", "R7", "R10", "R11", "R12", "C1"])
def test_the_drawing_has_the_values_of_the_bill_of_materials(name):
    drawn = html.unescape((FRONTEND / "frontend.svg").read_text(encoding="utf-8"))
    value = " ".join(part(name)["type"].split()[:2])
    texts = re.findall(r">([^<>\n]+)<", drawn)
    below = {a.split()[0]: b for a, b in pairwise(texts) if a.split()}
    assert below[name] == value


def test_the_page_explains_every_part_of_the_front_end():
    small = {ref for ref in references(bom("standard")) if re.match(r"[CDRHSQ]\d", ref)}
    assert small - set(re.findall(r"\b[CDRHSQ]\d+\b", expand_ranges(page()))) == set()
