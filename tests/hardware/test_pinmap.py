"""The pin map and the default settings agree."""

import csv
from pathlib import Path

from rig.config import Config
from rig.names import CELLS

PINMAP = Path(__file__).parents[2] / "hardware" / "pinmap.csv"
_PHYSICAL_GROUND_AND_POWER = {1, 2, 4, 6, 9, 14, 17, 20, 25, 30, 34, 39}


def rows():
    with PINMAP.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_cells_default_pins_are_those_of_the_map():
    mapped = {(row["function"], row["signal"]): int(row["bcm"]) for row in rows()}
    for cell, (sck, dout) in Config().pins.pairs().items():
        assert mapped[cell, "SCK"] == sck
        assert mapped[cell, "DOUT"] == dout
    assert {row["function"] for row in rows()} >= set(CELLS)


def test_no_pin_is_used_twice_and_none_carries_power():
    for column in ("bcm", "physical"):
        pins = [int(row[column]) for row in rows()]
        assert len(pins) == len(set(pins))
    assert not {int(row["physical"]) for row in rows()} & _PHYSICAL_GROUND_AND_POWER


def test_the_boards_default_pins_are_those_of_the_map():
    mapped = {row["function"]: int(row["bcm"]) for row in rows()}
    for name, pin in Config().board.pins().items():
        assert mapped[name.removesuffix("_pin")] == pin
