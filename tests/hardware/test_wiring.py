"""The harness: its committed drawings are those of its source, and every wire is there once."""

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from rig.config import Config
from rig.names import CELLS, PADS
from tests.hardware.plans import HARDWARE, bom, named_in, references, table

WIRING = HARDWARE / "wiring"
PIN_SIGNAL = {"SDA": "A6.SDA", "SCL": "A6.SCL", "ALERT": "A6.ALRT"}


def wires(name="rig"):
    return table(f"wiring/{name}.wires.csv")


def links():
    """Both ends of every wire of the rig, a board's pin by its function."""
    return {frozenset((row["from"], row["to"])) for row in wires()}


@pytest.mark.skipif(not shutil.which("dot"), reason="graphviz is missing")
def test_the_committed_drawings_and_lists_are_those_of_the_source(tmp_path):
    subprocess.run([sys.executable, WIRING / "render.py", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(made) == sorted(
        f"{name}.{kind}" for name in ("rig", "budget") for kind in ("svg", "bom.tsv", "wires.csv")
    )
    for name, data in made.items():
        assert data == (WIRING / name).read_bytes(), f"{name}: run hardware/wiring/render.py"


@pytest.mark.parametrize("name", ["rig", "budget"])
def test_every_wire_is_there_once_and_ends_at_two_places(name):
    rows = wires(name)
    numbered = [(row["cable"], row["wire"]) for row in rows if row["cable"] != "plug"]
    assert len(numbered) == len(set(numbered))
    for row in rows:
        assert row["from"] != row["to"]
        assert row["to"]
        assert row["from"] or row["colour"] == "shield"


def test_a_place_takes_one_wire_except_where_wires_are_joined():
    """The junction X4 in the dowel is what joins."""
    ends = Counter(
        end for row in wires() if row["cable"] != "plug" for end in (row["from"], row["to"])
    )
    twice = {end for end, count in ends.items() if count > 1 and end}
    assert {end.split(".")[0] for end in twice} <= {"X4"}


def test_each_cells_converter_is_on_the_pins_of_the_settings():
    board = {f"A{number}": cell for number, cell in enumerate(CELLS, start=2)}
    for reference, cell in board.items():
        sck, dout = Config().pins.pairs()[cell]
        for signal, pin in (("SCK", sck), ("DOUT", dout)):
            assert any(
                f"{reference}.{signal}" in pair and re.search(rf"GPIO{pin}\b", " ".join(pair))
                for pair in links()
            ), (cell, signal)


def test_every_row_of_the_pin_map_has_its_wire():
    ends = " ".join(end for row in wires() for end in (row["from"], row["to"]))
    drawn = set(re.findall(r"X1\.(\d+) ", ends + " "))
    assert drawn == {row["physical"] for row in table("pinmap.csv")}
    for row in table("pinmap.csv"):
        if row["function"] == "ads1115":
            there = PIN_SIGNAL[row["signal"]]
            assert any(there in pair and f"GPIO{row['bcm']} " in " ".join(pair) + " "
                       for pair in links())  # fmt: skip


def test_everything_runs_at_3v3_and_the_pads_inputs_are_in_the_order_of_the_channels():
    powered = {end for pair in links() for end in pair if any(x.startswith("X5.") for x in pair)}
    assert powered >= {"A2.VCC", "A3.VCC", "A4.VCC", "A5.VCC", "A6.VDD", "A7.3V3", "X2.3V3"}
    for number, name in enumerate(PADS):
        place = ("HEAD", "MID", "TAIL")[number]
        assert name.upper().startswith(place)
        assert frozenset((f"A7.OUT{number + 1}", f"A6.A{number}")) in links()
        assert frozenset((f"A7.IN{number + 1}", f"X2.{place}")) in links()


def tabled_references():
    """The optional inclination sensor's parts, whose wires are in a table on its page."""
    page = (HARDWARE / "frontend" / "inclination.md").read_text(encoding="utf-8")
    tabled = {name for row in page.splitlines() if row.startswith("|") for name in named_in(row)}
    optional = references(row for row in table("bom/bom.csv") if "optional" in row["note"])
    return tabled & set(optional)


@pytest.mark.parametrize("variant", ["standard", "budget"])
def test_what_is_drawn_is_in_the_bill_of_materials_and_the_other_way_round(variant):
    """Electrical parts; W1's and A1's place is inside X1, the supply and the screen plug in."""
    drawn = drawn_references("rig") | (drawn_references("budget") if variant == "budget" else set())
    if variant == "budget":  # wooden plates, half-bridge cells
        drawn -= {"B1", "B2", "B3", "B4", "MP1", "R13", "R14", "W22", "W23", "W24"}
    listed = {ref for ref in references(bom(variant)) if not re.match(r"MP|K|G", ref)}
    assert drawn - {"MP1"} == listed - {"A8", "A9"} - tabled_references()


def drawn_references(name):
    """Designators and, for what belongs to one, its reference in the column P/N."""
    own = {
        ref
        for row in parts_list(name)
        if not row.get("P/N")
        for ref in row["Designators"].split(", ")
        if ref
    }
    return own | {ref for row in parts_list(name) for ref in (row.get("P/N") or "").split()}


def parts_list(name):
    """WireViz's own list of parts."""
    with (WIRING / f"{name}.bom.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_lengths_of_cables_are_those_of_the_bill_of_materials():
    listed = {ref: row for row in bom("standard") for ref in row["reference"].split()}
    for row in parts_list("rig"):
        cables = row["Designators"].split(", ")
        if row["Unit"] == "m" and not row["Description"].startswith("Wire"):
            each_m = float(row["Qty"]) / len(cables)
            for reference in cables:
                assert f"{each_m:g} m" in listed[reference]["specification"], reference
