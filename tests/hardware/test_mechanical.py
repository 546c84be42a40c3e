"""The mechanics fit together; exports, tables and parts list are those of the parameters."""

import itertools
import math
import subprocess
import sys
from hashlib import sha256

import pytest

from rig.calibration import typical_calibration
from tests.hardware.plans import HARDWARE, bom

MECHANICAL = HARDWARE / "mechanical"
sys.path.insert(0, str(MECHANICAL))
import parameters as of  # noqa: E402 - the scripts there are run from their own folder

SOURCES = ("assembly.py", "export.py", "parameters.py", "parts.py", "views.py")


def page():
    return (MECHANICAL / "README.md").read_text(encoding="utf-8")


def part(reference, variant="standard"):
    return next(row for row in bom(variant) if reference in row["reference"].split())


def test_one_stands_no_higher_than_60_mm():
    assert of.step_height() == 57 <= of.HEIGHT_LIMIT
    assert of.step_height_wood() == 53 <= of.HEIGHT_LIMIT


def test_screws_are_long_enough_and_end_inside_of_what_they_hold():
    stop_in_base = of.PLATE.stop_screw - (of.plate_underside() - of.PLATE.stop_gap)
    assert 6 <= stop_in_base <= of.BASE.thickness
    for reference, plate in (("MP7", of.BASE.thickness), ("MP8", of.PLATE.thickness)):
        length = float(part(reference)["type"].split("×")[1].split(",")[0])
        in_cell = length - plate - of.SPACER.thickness
        assert of.CELL.thread <= in_cell <= of.CELL.height - 8, reference
    assert part("MP9")["type"].startswith(f"M6 × {of.PLATE.stop_screw:g}")


def test_the_wooden_plates_screws_and_pins_end_inside_of_what_they_hold():
    mount = of.HALF_BRIDGE.height + of.HALF_BRIDGE.ceiling - of.HALF_BRIDGE.travel
    in_plate = of.HALF_BRIDGE.screw - (mount - of.HALF_BRIDGE.sink)
    assert 10 <= in_plate <= of.PLATE.thickness_wood - 4
    assert part("MP34", "budget")["type"].startswith(f"3 × {of.HALF_BRIDGE.screw:g} mm")
    stands = of.HALF_BRIDGE.pin - of.BASE.thickness_wood
    gap = of.HALF_BRIDGE.height + of.HALF_BRIDGE.ceiling
    assert gap + 4 <= stands <= gap + 12  # the plate's blind holes are 12 mm deep
    assert part("MP35", "budget")["type"].endswith(f"6 × {of.HALF_BRIDGE.pin:g} mm")
    page = (HARDWARE / "assembly" / "1-platform.md").read_text(encoding="utf-8")
    assert f"a pin stands {stands:g} mm above the base" in page


def test_a_wooden_plate_cannot_tip():
    """Its mounts' rims, which touch the base first, reach nearly to its edges."""
    for x, y in of.PLATE.mounts:
        left_x = of.PLATE.width / 2 - abs(x) - of.HALF_BRIDGE.mount[0] / 2
        left_y = of.PLATE.length / 2 - abs(y) - of.HALF_BRIDGE.mount[1] / 2
        assert 0 <= left_x <= 3
        assert 0 <= left_y <= 3
    page = (HARDWARE / "assembly" / "1-platform.md").read_text(encoding="utf-8")
    x, y = of.PLATE.mounts[-1]
    assert f"middles at ± {x:g} and ± {y:g} mm" in page


def test_no_two_holes_of_the_base_plate_come_closer_than_their_nuts():
    radius = {"stop": 5.8, "foot": 7.5, "rail": 5.8, "clip": 5.0, "cell": 6.5}
    holes = [("stop", at) for at in of.base_stops()] + [("foot", at) for at in of.BASE.feet]
    holes += [("rail", at) for at in of.base_rail_holes()]
    holes += [("clip", at) for at in of.BASE.clips] + [("cell", at) for at in of.base_cell_holes()]
    for (kind, a), (other, b) in itertools.combinations(holes, 2):
        if kind != other or kind != "cell":
            assert math.dist(a, b) >= radius[kind] + radius[other], (kind, a, other, b)
    for kind, (x, y) in holes:
        edge = min(of.BASE.width / 2 - abs(x), of.BASE.length / 2 - abs(y))
        assert edge >= radius[kind], (kind, x, y)


def test_rails_lie_clear_of_plates_and_feet():
    inner = of.BASE.rail_y - of.RAIL.width / 2
    assert inner > of.PLATE.centre_y + of.PLATE.length / 2
    assert inner > max(y for _, y in of.BASE.feet) + 6.5
    assert of.BASE.rail_y + of.RAIL.width / 2 <= of.BASE.length / 2


@pytest.mark.parametrize("stance", of.RAIL.stances)
def test_every_stance_has_its_holes_as_the_page_says(stance):
    holes = of.rail_holes_of(stance)
    assert set(holes) <= set(of.rail_holes())
    numbers = [round((x - of.RAIL.first) / of.RAIL.pitch) + 1 for x in holes]
    row = f"| {stance:g} mm | {numbers[0]} and {numbers[1]} | ± {stance / 2:g} |"
    assert row in page()
    assert stance >= of.BASE.width


def test_plates_are_where_a_new_rig_takes_them_to_be():
    cells = typical_calibration("rig", id="x", created_utc="").cells
    assert {abs(cell.ap_mm) for cell in cells} == {of.PLATE.centre_y}
    assert {abs(cell.ml_mm) for cell in cells} == {of.RAIL.stances[0] / 2}
    assert 2 * of.PLATE.centre_y - of.PLATE.length == 5  # between heel and toe plate


def test_what_is_in_the_box_fits_between_its_posts():
    width, length, _ = of.BOX.inner
    assert of.BOX.board[0] <= width - 2 * of.BOX.post
    assert of.BOX.board[1] + of.BOX.pi[1] + 2 <= length
    assert (of.BOX.glands - 1) * 20 + of.BOX.gland_hole + 10 <= length
    assert max(width, length) + 2 * of.BOX.wall <= 200  # a common printer's bed
    assert of.BOX.glands == int(part("MP20")["quantity"])


@pytest.mark.parametrize(
    ("reference", "variant", "thickness"),
    [
        ("MP1", "standard", of.BASE.thickness),
        ("MP2", "standard", of.PLATE.thickness),
        ("MP3", "standard", of.SPACER.thickness),
        ("MP31", "budget", of.BASE.thickness_wood),
        ("MP32", "budget", of.PLATE.thickness_wood),
        ("MP12", "standard", of.PLATE.nonslip),
        ("MP21", "standard", of.DOWEL.length / 1000),
    ],
)
def test_the_bill_of_materials_names_the_sizes_of_the_drawings(reference, variant, thickness):
    row = part(reference, variant)
    assert f"{thickness:g} m" in row["type"] + row["specification"]


def test_the_exports_are_those_of_the_sources():
    stamp = (MECHANICAL / "exports" / "made-from.txt").read_text(encoding="utf-8")
    for name in SOURCES:
        now = sha256((MECHANICAL / name).read_bytes()).hexdigest()
        assert f"{now}  {name}\n" in stamp, f"{name} changed: run hardware/mechanical/export.py"


def test_every_part_of_the_page_has_its_files_and_its_place_in_the_bill_of_materials():
    rows = [line.split("|") for line in page().splitlines() if line.startswith("| MP")]
    listed = {row["reference"]: row for variant in ("standard", "budget") for row in bom(variant)}
    drawn = {ref for ref, row in listed.items() if row["type"].startswith("mechanical/")}
    assert {row[1].strip() for row in rows} == drawn
    for row in rows:
        name = row[4].split("`")[1]
        assert (MECHANICAL / "exports" / name).is_file()
        assert (MECHANICAL / "exports" / f"{name.split('.')[0]}.svg").is_file()
        stem = name.split(".")[0].removesuffix("_wood")
        assert listed[row[1].strip()]["type"].split(",")[0] == f"mechanical/{stem}"


def test_the_load_table_of_the_page_is_what_the_script_prints():
    done = subprocess.run(
        [sys.executable, MECHANICAL / "load.py"], capture_output=True, text=True, check=True
    )
    assert done.stdout in page()
