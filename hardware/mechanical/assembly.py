"""The drawings of the assembly: what goes where, with the references of the bill of materials."""

from collections.abc import Callable
from pathlib import Path

import parts
from build123d import Box, Compound, Cylinder, Part, Pos, Rot, Vector
from parameters import (
    BASE,
    BOX,
    CELL,
    DOWEL,
    FOOT,
    FOOT_HEIGHT,
    PLATE,
    RAIL,
    SPACER,
    base_stops,
    cell_holes,
    plate_underside,
)
from views import View

ISOMETRIC = (Vector(-1, -1.3, 0.9), Vector(0, 0, 1))
ABOVE = (Vector(0, 0, 1), Vector(0, 1, 0))
FRONT = (Vector(0, -1, 0), Vector(0, 0, 1))


def foot() -> Part:
    """MP5 in the base plate, set to its height."""
    floor = -BASE.thickness - FOOT_HEIGHT
    pad = Pos(0, 0, floor + FOOT.height / 2) * parts.foot()
    return pad + Pos(0, 0, floor + FOOT.height + 12) * Cylinder(4, 25)


def half(lift: float = 0.0) -> Compound:
    """One half; `lift` pulls the layers apart."""
    solids = [parts.base_plate()]
    solids += [Pos(x, y, 0) * foot() for x, y in BASE.feet]
    stop = Cylinder(3, PLATE.stop_screw)
    tip = plate_underside() - PLATE.stop_gap
    solids += [Pos(x, y, tip - PLATE.stop_screw / 2) * stop for x, y in base_stops()]
    end = CELL.length / 2 - SPACER.length / 2
    for y in (-PLATE.centre_y, PLATE.centre_y):
        z = SPACER.thickness + lift
        solids.append(Pos(-end, y, z) * parts.cell_spacer())
        solids.append(Pos(0, y, z + lift) * parts.load_cell())
        z += CELL.height + SPACER.thickness + 2 * lift
        solids.append(Pos(end, y, z) * parts.cell_spacer())
        solids.append(Pos(0, y, z + PLATE.thickness + lift) * parts.top_plate())
    return Compound(children=solids)


def platform(stance: float) -> Compound:
    """Both halves on their rails."""
    solids = [Pos(sign * stance / 2, 0, 0) * half() for sign in (-1, 1)]
    for y in (-BASE.rail_y, BASE.rail_y):
        solids.append(Pos(0, y, RAIL.thickness) * parts.rail())
    return Compound(children=solids)


def dowel() -> Compound:
    """The stick along y with its three pads."""
    turned = Rot(90, 0, 0)
    solids = [turned * Cylinder(DOWEL.diameter / 2, DOWEL.length)]
    for y in (-550, -50, 600):
        solids.append(Pos(0, y, 0) * parts.pad_holder())
        top = DOWEL.diameter / 2 + DOWEL.holder_wall + 2
        solids.append(Pos(0, y, top) * parts.pad_cap())
    return Compound(children=solids)


def draw_rig() -> View:
    """The whole rig, as the first picture."""
    view = View(*ISOMETRIC, size=22)
    floor = -BASE.thickness - FOOT_HEIGHT
    box = Pos(420, 120, floor) * parts.box()
    lid = Pos(420, 120, floor + BOX.inner[2] + BOX.wall + 3) * parts.box_lid()
    view.add(Compound(children=[platform(300), Pos(-420, 0, -10) * dowel(), box, lid]))
    for at, where, text in (
        (view.at(-150, 80, 38), view.at(-150, 330, 200), "MP2"),
        (view.at(-20, -180, 6), view.at(-20, -300, -120), "MP4"),
        (view.at(270, -150, -4), view.at(300, -330, -120), "MP1"),
        (view.at(-420, -550, 20), view.at(-520, -600, 120), "MP22"),
        (view.at(-420, 300, 10), view.at(-420, 420, 160), "MP21"),
        (view.at(420, 120, 35), view.at(420, 200, 190), "MP15"),
    ):
        view.balloon(at, where, text)
    return view


def draw_platform() -> View:
    """One half, its layers pulled apart."""
    lift = 45.0
    view = View(*ISOMETRIC, size=11)
    view.add(half(lift))
    top = 5 * lift + plate_underside() + PLATE.thickness
    end = CELL.length / 2 - SPACER.length / 2
    y = PLATE.centre_y
    for at, text, drop in (
        ((-100, y, top), "MP2", 40),
        ((end, y, 4 * lift + 28), "MP3", 0),
        ((-60, y, 2 * lift + 15), "B2", 20),
        ((60, -y, 2 * lift + 15), "B1", -20),
        ((-end, -y, lift + 2), "MP3", -40),
        ((-105, -y + 60, 27), "MP9", 10),
        ((-105, -158, 5), "MP5", -60),
        ((-115, 100, 0), "MP1", -10),
    ):
        x, depth, height = at
        side = -1 if x < 0 else 1
        view.balloon(view.at(*at), view.at(x + side * 190, depth, height + drop), text)
    return view


def draw_section() -> View:
    """Heights, seen along y: base, cell between its spacers, plate, stop."""
    view = View(*FRONT, size=5)
    view.add(half())
    low, high = -BASE.thickness, plate_underside()
    left, right = -BASE.width / 2, BASE.width / 2
    floor = low - FOOT_HEIGHT
    view.dimension((right, floor), (right, low), 18)
    view.dimension((right, low), (right, 0), 18)
    view.dimension((right, 0), (right, high), 18)
    view.dimension((right, high), (right, high + PLATE.thickness), 18)
    view.dimension((left, floor), (left, high + PLATE.thickness), -18)
    stop_x, _ = PLATE.stops[0]
    view.balloon((stop_x, high - 8), (stop_x - 55, high + 30), "MP9")
    view.text((stop_x - 45, high + 28), f"gap to the plate {PLATE.stop_gap:g}")
    fixed, live = cell_holes()
    view.balloon((fixed[0][0], low), (fixed[0][0] - 10, floor - 22), "MP7")
    view.balloon((live[0][0], high + PLATE.thickness), (live[0][0] + 10, high + 32), "MP8")
    view.balloon((0, 14), (10, floor - 22), "B1")
    return view


def draw_box() -> View:
    """The open box from above with both boards."""
    view = View(*ABOVE, size=6)
    view.add(parts.box())
    board_y = BOX.inner[1] / 2 - 1 - BOX.board[1] / 2
    view.rectangle((0, board_y), BOX.board)
    x, y = parts.pi_corner()
    view.rectangle((x + BOX.pi[0] / 2, y + BOX.pi[1] / 2), BOX.pi)
    view.text((x + 20, y + 25), "A1 Raspberry Pi")
    view.text((x + 10, -BOX.inner[1] / 2 - 14), "supply, screen")
    _draw_board(view, board_y)
    outer_x, outer_y = BOX.inner[0] / 2 + BOX.wall, BOX.inner[1] / 2 + BOX.wall
    for index, text in enumerate(("W23", "W22", "W20", "W5", "W4", "W3", "W2")):
        at = (outer_x, (index - 3) * 20.0)
        view.balloon(at, (outer_x + 28, at[1]), text)
    for at_x, text in ((-60, "S1"), (-35, "H1"), (0, "H2"), (52, "X2")):
        view.balloon((at_x, outer_y), (at_x, outer_y + 18), text)
    view.balloon((x + 60, y + 50), (x + 100, y + 40), "W1")
    return view


def _draw_board(view: View, middle_y: float) -> None:
    """The front-end board's parts, as they are soldered."""
    places = {
        "A2": (-62, 20, 26, 34), "A3": (-32, 20, 26, 34), "A4": (-2, 20, 26, 34),
        "A5": (28, 20, 26, 34), "A6": (60, 18, 20, 30), "R, C, D": (54, -18, 36, 26),
        "X1": (-45, -36, 52, 9), "X5": (-25, -8, 90, 4), "X6": (-25, -18, 90, 4),
        "Q1": (12, -36, 18, 12),
    }  # fmt: skip
    for name, (x, y, width, height) in places.items():
        view.rectangle((x, middle_y + y), (width, height))
        view.text((x, middle_y + y - 2), name, "middle")


def draw_dowel() -> View:
    """One pad pulled apart on a piece of the dowel, and the dowel's lower end."""
    view = View(Vector(-0.8, -1, 0.55), Vector(0, 0, 1), size=5)
    turned = Rot(90, 0, 0)
    view.add(
        Compound(
            children=[
                turned * Cylinder(DOWEL.diameter / 2, 150),
                parts.pad_holder(),
                Pos(0, 0, 42) * Cylinder(DOWEL.pad / 2 - 0.2, 0.6),
                Pos(18, 0, 42) * Box(20, 7, 0.4),
                Pos(0, 0, 60) * parts.pad_cap(),
                Pos(0, -120, 0) * Rot(-90, 0, 0) * parts.dowel_cup(),
            ]
        )
    )
    for at, where, text in (
        ((0, 0, 64), (0, 70, 72), "MP23"),
        ((22, 0, 42), (75, 30, 52), "B5"),
        ((20, 0, 16), (80, 10, 12), "MP22"),
        ((8, 0, -22), (75, 0, -34), "MP24"),
        ((0, 68, 8), (0, 110, 34), "MP21"),
        ((0, -125, 10), (10, -190, 20), "MP25"),
    ):
        view.balloon(view.at(*at), view.at(*where), text)
    return view


DRAWINGS: dict[str, Callable[[], View]] = {
    "rig": draw_rig,
    "platform": draw_platform,
    "section": draw_section,
    "box": draw_box,
    "dowel": draw_dowel,
}


def draw_all(folder: Path) -> None:
    """Write every drawing."""
    folder.mkdir(exist_ok=True)
    for name, draw in DRAWINGS.items():
        draw().write(folder / f"{name}.svg", name)
