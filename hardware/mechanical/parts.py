"""The rig's parts as solids (build123d); every dimension is from `parameters.py`."""

from collections.abc import Sequence

from build123d import (
    Axis,
    Box,
    Cone,
    Cylinder,
    GeomType,
    Part,
    Pos,
    RectangleRounded,
    RegularPolygon,
    Rot,
    chamfer,
    extrude,
    fillet,
)
from parameters import (
    BASE,
    BOX,
    CELL,
    DOWEL,
    FOOT,
    HALF_BRIDGE,
    PLATE,
    RAIL,
    SPACER,
    Point,
    base_cell_holes,
    base_rail_holes,
    base_stops,
    cell_holes,
    rail_holes,
)

CLEAR_M6, TAP_M6, TAP_M4, TAP_M8 = 6.6, 5.0, 3.3, 6.8
HEAD_M6 = 13.0


def slab(width: float, length: float, thickness: float, radius: float) -> Part:
    """A plate with rounded corners, its upper face at z = 0."""
    return extrude(RectangleRounded(width, length, radius), -thickness)


def drill(part: Part, places: Sequence[Point], diameter: float, depth: float = 100.0) -> Part:
    """Holes downwards from z = 0."""
    for x, y in places:
        part -= Pos(x, y, -depth / 2) * Cylinder(diameter / 2, depth)
    return part


def countersink(part: Part, places: Sequence[Point], z: float, upwards: bool) -> Part:
    """Clearance holes for M6 with a 90° countersink whose wide end lies at z."""
    part = drill(part, places, CLEAR_M6)
    wide, narrow, depth = HEAD_M6 / 2, CLEAR_M6 / 2, (HEAD_M6 - CLEAR_M6) / 2
    for x, y in places:
        if upwards:
            part -= Pos(x, y, z + depth / 2) * Cone(wide, narrow, depth)
        else:
            part -= Pos(x, y, z - depth / 2) * Cone(narrow, wide, depth)
    return part


def base_plate() -> Part:
    """MP1: upper face at z = 0."""
    part = slab(BASE.width, BASE.length, BASE.thickness, BASE.corner_radius)
    part = countersink(part, base_cell_holes(), -BASE.thickness, upwards=True)
    part = drill(part, [*base_stops(), *base_rail_holes()], TAP_M6)
    part = drill(part, list(BASE.feet), TAP_M8)
    return drill(part, list(BASE.clips), TAP_M4)


def base_plate_wood() -> Part:
    """MP31."""
    part = slab(BASE.width, BASE.length, BASE.thickness_wood, BASE.corner_radius)
    part = drill(part, base_rail_holes(), 8.0)  # drive-in nut M6
    part = drill(part, list(BASE.feet), 10.0)  # drive-in nut M8
    pins = [(x, sign * PLATE.centre_y + y) for sign in (-1, 1) for x, y in PLATE.pins]
    return drill(part, pins, 6.0)


def top_plate() -> Part:
    """MP2: upper face at z = 0."""
    part = slab(PLATE.width, PLATE.length, PLATE.thickness, PLATE.corner_radius)
    top = part.faces().sort_by(Axis.Z)[-1]
    part = chamfer(top.edges(), PLATE.bevel)
    _, live = cell_holes()
    return countersink(part, live, 0.0, upwards=False)


def top_plate_wood() -> Part:
    """MP32."""
    part = slab(PLATE.width, PLATE.length, PLATE.thickness_wood, PLATE.corner_radius)
    top = part.faces().sort_by(Axis.Z)[-1]
    part = chamfer(top.edges(), PLATE.bevel)
    for x, y in PLATE.pins:  # blind, from below
        part -= Pos(x, y, -PLATE.thickness_wood + 6) * Cylinder(3.5, 12)
    return part


def cell_spacer() -> Part:
    """MP3: two clearance holes as in the cell's end."""
    part = slab(SPACER.length, SPACER.width, SPACER.thickness, 2.0)
    middle = SPACER.length / 2
    return drill(part, [(offset - middle, 0) for offset in CELL.hole_offsets], CLEAR_M6)


def rail() -> Part:
    """MP4."""
    part = slab(RAIL.length, RAIL.width, RAIL.thickness, 4.0)
    return drill(part, [(x, 0) for x in rail_holes()], RAIL.hole)


def foot() -> Part:
    """MP5's pad, from below: the screw's head lies in it, its thread stands out above."""
    part = Cylinder(FOOT.diameter / 2, FOOT.height)
    part = fillet(part.edges().group_by(Axis.Z)[0], 1.5)
    head = extrude(RegularPolygon(FOOT.head / 2, 6, major_radius=False), FOOT.head_depth)
    part -= Pos(0, 0, FOOT.height / 2 - FOOT.head_depth - 0.6) * head
    return part - Pos(0, 0, FOOT.height / 2) * Cylinder(FOOT.screw / 2, 2)


def load_cell() -> Part:
    """B1 to B4, for assembly drawings only; lower face at z = 0."""
    part = Pos(0, 0, CELL.height / 2) * Box(CELL.length, CELL.width, CELL.height)
    for x in (-9, 9):
        part -= Pos(x, 0, CELL.height / 2) * Rot(90, 0, 0) * Cylinder(7, CELL.width)
    return part


def half_bridge_mount() -> Part:
    """MP33: holds a cell under a plate; its rim touches the base before the cell is overloaded."""
    length, outer = HALF_BRIDGE.mount
    inner = HALF_BRIDGE.side + 0.4
    height = HALF_BRIDGE.height + HALF_BRIDGE.ceiling - HALF_BRIDGE.travel
    part = slab(length, outer, height, 3.0)
    part -= Pos(0, 0, -height + (height - 4) / 2) * Box(inner, inner, height - 4)
    part -= Pos(0, 0, -3) * Box(22, 22, 2)  # the cell's tongue moves here
    part -= Pos(0, outer / 2, -height / 2 - 1) * Box(8, 8, height - 6)  # wires
    screws = [(-outer / 2 - 3.5, 0), (outer / 2 + 3.5, 0)]
    for x, y in screws:  # the head must not stand out below
        part -= Pos(x, y, -height + HALF_BRIDGE.sink / 2) * Cylinder(3.5, HALF_BRIDGE.sink)
    return drill(part, screws, 3.4)


def box() -> Part:
    """MP15: open above, its floor's lower face at z = 0; y forward is the front wall."""
    width, length, height = BOX.inner
    wall = BOX.wall
    outer = (width + 2 * wall, length + 2 * wall, height + wall)
    part = Pos(0, 0, outer[2] / 2) * Box(*outer)
    part = fillet(part.edges().filter_by(Axis.Z), 4)
    part -= Pos(0, 0, wall + height / 2) * Box(width, length, height)
    for places, pilot in ((board_standoffs(), 2.5), (pi_standoffs(), 2.0)):
        for x, y in places:
            part += Pos(x, y, wall + BOX.standoff / 2) * Cylinder(3.5, BOX.standoff)
            part -= Pos(x, y, 0.8 + 5) * Cylinder(pilot / 2, 10)
    for x, y in lid_posts():
        part += Pos(x, y, wall + height / 2) * Box(BOX.post, BOX.post, height)
        part -= Pos(x, y, wall + height - 7) * Cylinder(1.25, 14.01)
    return _wall_openings(part, outer, wall)


def _wall_openings(part: Part, outer: tuple[float, float, float], wall: float) -> Part:
    middle = wall + BOX.inner[2] / 2
    pitch = 20.0
    for index in range(BOX.glands):
        y = (index - (BOX.glands - 1) / 2) * pitch
        hole = Rot(0, 90, 0) * Cylinder(BOX.gland_hole / 2, 3 * wall)
        part -= Pos(outer[0] / 2, y, middle) * hole
    front = outer[1] / 2
    for x, diameter in ((-60, BOX.button_hole), (-35, BOX.led_hole)):
        part -= Pos(x, front, middle) * Rot(90, 0, 0) * Cylinder(diameter / 2, 3 * wall)
    for x in range(-14, 15, 4):  # in front of the buzzer
        part -= Pos(x, front, middle) * Box(2, 3 * wall, 12)
    part -= Pos(52, front, middle) * Box(BOX.receptacle[0], 3 * wall, BOX.receptacle[1])
    x, _ = pi_corner()
    slot = Box(BOX.slot[0], 3 * wall, BOX.slot[1])
    part -= Pos(x + BOX.slot[0] / 2, -front, wall + BOX.standoff + BOX.slot[1] / 2) * slot
    return part


def board_standoffs() -> list[Point]:
    """The front-end board lies along the front wall."""
    middle = BOX.inner[1] / 2 - 1 - BOX.board[1] / 2
    half = (BOX.board_holes[0] / 2, BOX.board_holes[1] / 2)
    return [(sx * half[0], middle + sy * half[1]) for sx in (-1, 1) for sy in (-1, 1)]


def pi_corner() -> Point:
    """Lower left corner of the Pi, whose long side with USB-C and HDMI is at the rear wall."""
    return -BOX.inner[0] / 2 + BOX.post + 1, -BOX.inner[1] / 2 + 1


def pi_standoffs() -> list[Point]:
    """The Pi's four holes."""
    x, y = pi_corner()
    dx, dy = BOX.pi_holes
    first = BOX.pi_first_hole
    return [(x + first[0] + i * dx, y + first[1] + j * dy) for i in (0, 1) for j in (0, 1)]


def lid_posts() -> list[Point]:
    """In the corners, for the lid's screws."""
    half = (BOX.inner[0] / 2 - BOX.post / 2, BOX.inner[1] / 2 - BOX.post / 2)
    return [(sx * half[0], sy * half[1]) for sx in (-1, 1) for sy in (-1, 1)]


def box_lid() -> Part:
    """MP16: lower face at z = -3."""
    width, length, _ = BOX.inner
    part = slab(width + 2 * BOX.wall, length + 2 * BOX.wall, 3.0, 4.0)
    part = drill(part, lid_posts(), 3.4)
    for x in range(-40, 41, 8):
        part -= Pos(x, 0, -1.5) * Box(3, 60, 3)
    return part


def pad_holder() -> Part:
    """MP22: clamps round the dowel (along y here); the pad's face is above."""
    outer = DOWEL.diameter / 2 + DOWEL.holder_wall
    bore = (DOWEL.diameter + DOWEL.clearance) / 2
    turned = Rot(90, 0, 0)
    part = turned * Cylinder(outer, DOWEL.holder_width)
    part += Pos(0, 0, outer - 2) * Box(DOWEL.face[0], DOWEL.holder_width, 8)
    part += Pos(0, 0, -outer - 5) * Box(16, DOWEL.holder_width, 16)
    part -= turned * Cylinder(bore, DOWEL.holder_width)
    part -= Pos(0, 0, -outer - 4) * Box(2.5, DOWEL.holder_width, 24)  # slit
    part -= Pos(0, 0, -outer - 7) * Rot(0, 90, 0) * Cylinder(DOWEL.clamp_screw / 2, 30)
    face = outer + 2
    part -= Pos(0, 0, face - DOWEL.pad_depth / 2) * Cylinder(DOWEL.pad / 2, DOWEL.pad_depth)
    tail = (DOWEL.face[0] / 2, DOWEL.tail_width, DOWEL.pad_depth)
    part -= Pos(DOWEL.face[0] / 4, 0, face - DOWEL.pad_depth / 2) * Box(*tail)
    return part


def pad_cap() -> Part:
    """MP23: a dome on the pad; its boss presses on the active area only."""
    part = Pos(0, 0, DOWEL.cap_height / 2) * Cylinder(DOWEL.cap_diameter / 2, DOWEL.cap_height)
    rim = part.edges().filter_by(GeomType.CIRCLE).sort_by(Axis.Z)[-1]
    part = fillet(rim, 3)
    return part + Pos(0, 0, -DOWEL.boss_height / 2) * Cylinder(
        DOWEL.boss_diameter / 2, DOWEL.boss_height
    )


def dowel_cup() -> Part:
    """MP25: over the dowel's lower end, with the lead's way out and a hole for its tie."""
    bore = (DOWEL.diameter + DOWEL.clearance) / 2
    part = Cylinder(bore + 3, 40)
    part -= Pos(0, 0, 5) * Cylinder(bore, 30)
    part -= Pos(bore, 0, -8) * Rot(0, 90, 0) * Cylinder(2.75, 12)
    part -= Pos(bore + 1, 0, 4) * Rot(0, 90, 0) * Cylinder(1.75, 8)
    return fillet(part.edges().group_by(Axis.Z)[0], 2)


PARTS = {
    "base_plate": base_plate,
    "top_plate": top_plate,
    "cell_spacer": cell_spacer,
    "rail": rail,
    "foot": foot,
    "base_plate_wood": base_plate_wood,
    "top_plate_wood": top_plate_wood,
    "half_bridge_mount": half_bridge_mount,
    "box": box,
    "box_lid": box_lid,
    "pad_holder": pad_holder,
    "pad_cap": pad_cap,
    "dowel_cup": dowel_cup,
}
PRINTED = ("foot", "half_bridge_mount", "box", "box_lid", "pad_holder", "pad_cap", "dowel_cup")
