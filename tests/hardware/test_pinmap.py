"""The pin map is the one place for pins: settings, wiring and pages agree with it."""

import re

import pytest

from rig.config import Config
from rig.config.pins import pin_problems
from rig.names import CELLS
from tests.hardware.plans import HARDWARE, table

_FIVE_VOLTS = {2, 4}
_GROUND = {6, 9, 14, 20, 25, 30, 34, 39}
_THREE_VOLTS = {1, 17}
_BCM_OF_PHYSICAL = {
    3: 2, 5: 3, 7: 4, 8: 14, 10: 15, 11: 17, 12: 18, 13: 27, 15: 22, 16: 23, 18: 24, 19: 10, 21: 9,
    22: 25, 23: 11, 24: 8, 26: 7, 27: 0, 28: 1, 29: 5, 31: 6, 32: 12, 33: 13, 35: 19, 36: 16,
    37: 26, 38: 20, 40: 21,
}  # fmt: skip
"""The 40-pin header is the same on all of the boards that the rig runs on."""


def rows():
    return table("pinmap.csv")


def gpio_rows():
    return [row for row in rows() if row["function"] != "supply"]


def test_the_cells_default_pins_are_those_of_the_map():
    mapped = {(row["function"], row["signal"]): row["bcm"] for row in rows()}
    for cell, (sck, dout) in Config().pins.pairs().items():
        assert mapped[cell, "SCK"] == str(sck)
        assert mapped[cell, "DOUT"] == str(dout)
    assert {row["function"] for row in rows()} >= set(CELLS)


def test_the_boards_default_pins_are_those_of_the_map():
    mapped = {row["function"]: row["bcm"] for row in rows()}
    for name, pin in Config().board.pins().items():
        assert mapped[name.removesuffix("_pin")] == str(pin)


def test_every_pin_is_where_the_header_has_it_and_none_is_used_twice():
    for row in gpio_rows():
        assert _BCM_OF_PHYSICAL[int(row["physical"])] == int(row["bcm"]), row
    physical = [int(row["physical"]) for row in rows()]
    assert len(physical) == len(set(physical))
    for row in rows():
        if row["function"] == "supply":
            assert int(row["physical"]) in (_GROUND if row["signal"] == "GND" else _THREE_VOLTS)
    assert not set(physical) & _FIVE_VOLTS


def test_pulls_at_boot_are_the_chips_and_suit_what_hangs_there():
    for row in gpio_rows():
        assert row["boot_pull"] == ("up" if int(row["bcm"]) <= 8 else "down"), row
    pairs = {
        cell: tuple(
            int(row["bcm"]) for signal in ("SCK", "DOUT") for row in rows()
            if (row["function"], row["signal"]) == (cell, signal)
        )
        for cell in CELLS
    }  # fmt: skip
    assert pin_problems(pairs, {}) == []


def test_the_page_on_pins_has_the_maps_rows():
    page = (HARDWARE / "pins.md").read_text(encoding="utf-8")
    for row in rows():
        cells = [row["function"], row["signal"], row["bcm"], row["physical"], row["boot_pull"]]
        assert "| " + " | ".join([*cells, row["note"]]) + " |" in page, row


@pytest.mark.parametrize("name", ["rig.svg", "rig.wires.csv"])
def test_the_wiring_uses_the_maps_pins_and_no_others(name):
    drawn = (HARDWARE / "wiring" / name).read_text(encoding="utf-8")
    for row in gpio_rows():
        assert f"GPIO{row['bcm']}" in drawn
    assert set(re.findall(r"GPIO(\d+)", drawn)) == {row["bcm"] for row in gpio_rows()}
