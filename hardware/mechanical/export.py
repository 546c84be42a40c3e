"""Write every part as STEP or STL and as a dimensioned drawing, and the drawings of the assembly.

    pip install -e '.[cad]'
    python hardware/mechanical/export.py

Files go to `exports/` here and to `../assembly/drawings/`; `exports/made-from.txt` names what they
were made from, so that a test notices when they are out of date.
"""

import re
from hashlib import sha256
from pathlib import Path

import assembly
from build123d import Part, Vector, export_step, export_stl
from parameters import BASE, BOX, DOWEL, FOOT, PLATE, RAIL, base_cell_holes, rail_holes
from parts import PARTS, PRINTED
from views import View

HERE = Path(__file__).parent
EXPORTS = HERE / "exports"
SOURCES = ("assembly.py", "export.py", "parameters.py", "parts.py", "views.py")
_ABOVE = (Vector(0, 0, 1), Vector(0, 1, 0))
_FRONT = (Vector(0, -1, 0), Vector(0, 0, 1))


def made_from() -> str:
    """The sources' checksums."""
    return "".join(
        f"{sha256((HERE / name).read_bytes()).hexdigest()}  {name}\n" for name in SOURCES
    )


def notes() -> dict[str, list[str]]:
    """What a drawing says beside its dimensions: material, holes from the middle, edges."""
    places = "; ".join(f"{x:g}, {y:g}" for x, y in base_cell_holes())
    feet = "; ".join(f"{x:g}, {y:g}" for x, y in BASE.feet)
    wooden_pins = [(x, s * PLATE.centre_y + y) for s in (-1, 1) for x, y in PLATE.pins]
    return {
        "base_plate": [
            "MP1, 2 off: EN AW-6082 T6, edges broken",
            f"4 × ∅ 6.6, countersunk 90° ∅ 13 from below: {places}",
            "8 × M6 (stops): ± 105, ± 80 ± 60",
            "8 × M6 (rails): ± 50 and ± 100, ± 180",
            f"6 × M8 (feet): {feet}",
            "4 × M4 (clips): ± 60, ± 35",
        ],
        "top_plate": [
            "MP2, 4 off: EN AW-6082 T6, upper edges bevelled 3 × 45°",
            f"2 × ∅ 6.6, countersunk 90° ∅ 13 from above: {40:g}, 0; {55:g}, 0",
        ],
        "cell_spacer": ["MP3, 8 off: aluminium", "2 × ∅ 6.6: ± 7.5, 0"],
        "rail": [
            "MP4, 2 off: steel or aluminium flat bar",
            f"{len(rail_holes())} × ∅ {RAIL.hole:g}: ± {RAIL.first:g} to ± {RAIL.last:g}, "
            f"every {RAIL.pitch:g}",
        ],
        "foot": [f"MP5, 12 off: TPU 95A, over the head of a screw M8 × 25, high {FOOT.height:g}"],
        "base_plate_wood": [
            "MP31, 2 off: birch plywood, budget variant",
            "8 × ∅ 8 (drive-in nuts MP36): ± 50 and ± 100, ± 180",
            f"6 × ∅ 10 (drive-in nuts MP37): {feet}",
            "4 × ∅ 6 (pins MP35): " + "; ".join(f"{x:g}, {y:g}" for x, y in wooden_pins),
        ],
        "top_plate_wood": [
            "MP32, 4 off: birch plywood, budget variant, upper edges bevelled 3 × 45°",
            "2 × ∅ 7, 12 deep from below (pins MP35): 0, ± 60",
            "mounts MP33 below, middles: ± 86, ± 56",
        ],
        "half_bridge_mount": ["MP33, 16 off: PETG, 100 % infill, printed with the flat side down"],
        "box": [
            "MP15: PETG or ABS, wall 2.4",
            f"{BOX.glands} × ∅ {BOX.gland_hole:g} (MP20) to the right, every 20",
            f"front: ∅ {BOX.button_hole:g} (S1), ∅ {BOX.led_hole:g} (H1), slots (H2), "
            f"{BOX.receptacle[0]:g} × {BOX.receptacle[1]:g} (X2): file to yours",
        ],
        "box_lid": ["MP16: PETG or ABS, 4 × ∅ 3.4"],
        "pad_holder": [
            "MP22, 3 off: PETG or ABS, printed standing on a clamped end",
            f"bore ∅ {DOWEL.diameter + DOWEL.clearance:g}, recess ∅ {DOWEL.pad:g} × "
            f"{DOWEL.pad_depth:g} for the pad",
        ],
        "pad_cap": [f"MP23, 3 off: TPU 95A, boss ∅ {DOWEL.boss_diameter:g} below"],
        "dowel_cup": ["MP25: PETG or ABS"],
    }


def draw(name: str, part: Part) -> None:
    """Plan above, front view below, overall dimensions, notes."""
    box = part.bounding_box()
    plan = View(*_ABOVE, size=max(2.0, max(box.size.X, box.size.Y) / 42))
    plan.add(part)
    size = plan.size
    gap = box.size.Y / 2 + 6 * size
    corner = (box.min.X, box.min.Y)
    plan.dimension(corner, (box.max.X, box.min.Y), -3 * size)
    plan.dimension((box.max.X, box.min.Y), (box.max.X, box.max.Y), 3 * size)
    front = View(*_FRONT, size=size)
    low = box.min.Y - gap + box.size.Y / 2
    plan.add(part, front, (0.0, low - box.max.Z))
    plan.dimension((box.max.X, low - box.size.Z), (box.max.X, low), 3 * size)
    plan.lines((box.min.X, low - box.size.Z - 4 * size), notes()[name])
    plan.write(EXPORTS / f"{name}.svg", name.replace("_", " "))


def export(name: str, part: Part) -> None:
    """STEP for what is machined, STL for what is printed."""
    if name in PRINTED:
        export_stl(part, EXPORTS / f"{name}.stl", tolerance=0.05, angular_tolerance=0.35)
        return
    path = EXPORTS / f"{name}.step"
    export_step(part, path)
    undated = re.sub(r"'\d{4}-\d\d-\d\dT[\d:]+'", "'2026-01-01T00:00:00'", path.read_text("utf-8"))
    path.write_text(undated, encoding="utf-8")


def main() -> None:
    """Make everything anew."""
    EXPORTS.mkdir(exist_ok=True)
    for name, make in PARTS.items():
        part = make()
        export(name, part)
        draw(name, part)
    assembly.draw_all(HERE.parent / "assembly" / "drawings")
    (EXPORTS / "made-from.txt").write_text(made_from(), encoding="utf-8")


if __name__ == "__main__":
    main()
