"""Every dimension of the rig's mechanics, in millimetres unless a name says otherwise.

Change a value here, run `export.py`, and compare the load estimate (`load.py`). Plain Python: the
tests read it without any CAD package. A half of the platform lies with its centre at the origin,
x (ML) to the right, y (AP) forward, z up from the base plate's upper face.
"""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Cell:
    """A single-point load cell of the standard variant; lies along x, centred under its plate."""

    length: float = 130.0
    width: float = 30.0
    height: float = 22.0
    hole_offsets: Point = (10.0, 25.0)  # from either end; threads
    thread: float = 6.0
    capacity_kg: float = 200.0
    safe_overload: float = 1.5
    deflection_at_capacity: float = 0.4


@dataclass(frozen=True)
class HalfBridge:
    """A 50 kg half-bridge cell of the budget variant."""

    side: float = 34.0
    height: float = 8.0  # free height under no load, with its button
    travel: float = 0.5  # to the stop
    capacity_kg: float = 50.0
    mount: Point = (56.0, 40.0)
    ceiling: float = 4.0  # of the mount above the cell
    sink: float = 4.0  # of the mount's screw heads
    screw: float = 20.0
    pin: float = 30.0  # MP35, glued into the base


@dataclass(frozen=True)
class Base:
    """One half's base plate; both halves are the same part."""

    width: float = 240.0
    length: float = 385.0
    thickness: float = 8.0
    thickness_wood: float = 12.0
    corner_radius: float = 8.0
    feet: tuple[Point, ...] = tuple((x, y) for x in (-105, 105) for y in (-158, 0, 158))
    foot_thread: float = 8.0
    rail_x: tuple[float, ...] = (-100, -50, 50, 100)
    rail_y: float = 180.0
    clips: tuple[Point, ...] = tuple((x, y) for x in (-60, 60) for y in (-35, 35))


@dataclass(frozen=True)
class Foot:
    """A printed rubber foot over the head of a hexagon screw."""

    diameter: float = 28.0
    height: float = 8.5
    screw: float = 8.4
    head: float = 13.2  # across flats
    head_depth: float = 5.5


@dataclass(frozen=True)
class Plate:
    """A plate that a heel or a forefoot stands on."""

    width: float = 230.0
    length: float = 155.0
    thickness: float = 10.0
    thickness_wood: float = 18.0
    bevel: float = 3.0
    corner_radius: float = 6.0
    centre_y: float = 80.0  # of the toe plate; the heel plate's is the negative
    stops: tuple[Point, ...] = ((-105, -60), (-105, 60), (105, -60), (105, 60))  # from its centre
    stop_gap: float = 0.6
    stop_screw: float = 35.0
    pins: tuple[Point, ...] = ((0, -60), (0, 60))  # budget variant, from its centre
    mounts: tuple[Point, ...] = ((-86, -56), (-86, 56), (86, -56), (86, 56))  # likewise
    nonslip: float = 1.0


@dataclass(frozen=True)
class Rail:
    """A flat bar across both halves, front and rear; its row of holes sets the stance."""

    length: float = 380.0
    width: float = 20.0
    thickness: float = 6.0
    hole: float = 6.6
    pitch: float = 25.0
    first: float = 25.0
    last: float = 175.0
    stances: tuple[float, ...] = (250, 300, 350, 400, 450)


@dataclass(frozen=True)
class Spacer:
    """Between a cell's end and a plate."""

    length: float = 35.0
    width: float = 30.0
    thickness: float = 3.0


@dataclass(frozen=True)
class Box:
    """The printed box: Raspberry Pi and front-end board side by side."""

    inner: tuple[float, float, float] = (178.0, 176.0, 40.0)
    wall: float = 2.4
    board: Point = (160.0, 100.0)
    board_holes: Point = (152.0, 92.0)
    pi: Point = (85.0, 56.0)
    pi_holes: Point = (58.0, 49.0)
    pi_first_hole: Point = (3.5, 3.5)
    standoff: float = 6.0
    post: float = 8.0  # in the corners, for the lid
    gland_hole: float = 12.6
    glands: int = 7
    button_hole: float = 12.2
    led_hole: float = 5.2
    receptacle: Point = (14.0, 5.0)
    slot: Point = (62.0, 12.0)  # for the Pi's supply and screen


@dataclass(frozen=True)
class Dowel:
    """The stick and what is clamped to it."""

    diameter: float = 20.0
    clearance: float = 0.4
    length: float = 1500.0
    holder_width: float = 26.0
    holder_wall: float = 5.0
    pad: float = 18.6  # recess for the FSR's round head
    pad_depth: float = 0.8
    tail_width: float = 8.0
    face: Point = (40.0, 26.0)
    cap_diameter: float = 18.0
    cap_height: float = 6.0
    boss_diameter: float = 12.0
    boss_height: float = 1.2
    clamp_screw: float = 4.3


CELL = Cell()
HALF_BRIDGE = HalfBridge()
BASE = Base()
FOOT = Foot()
PLATE = Plate()
RAIL = Rail()
SPACER = Spacer()
BOX = Box()
DOWEL = Dowel()

FOOT_HEIGHT = 10.0
"""From the floor to the base plate's lower face, as set on a flat floor."""
HEIGHT_LIMIT = 60.0
"""That of the surface one stands on."""


def plate_underside() -> float:
    """Height of a plate's lower face above the base plate's upper face."""
    return CELL.height + 2 * SPACER.thickness


def step_height() -> float:
    """Height of the surface that one stands on above the floor."""
    under = FOOT_HEIGHT + BASE.thickness
    return under + plate_underside() + PLATE.thickness + PLATE.nonslip


def step_height_wood() -> float:
    """The same of the budget variant."""
    under = FOOT_HEIGHT + BASE.thickness_wood
    return under + HALF_BRIDGE.height + HALF_BRIDGE.ceiling + PLATE.thickness_wood + PLATE.nonslip


def cell_holes() -> tuple[list[Point], list[Point]]:
    """Of one cell, from its centre: the fixed end's holes (base) and the live end's (plate)."""
    near = [CELL.length / 2 - offset for offset in CELL.hole_offsets]
    return [(-x, 0.0) for x in near], [(x, 0.0) for x in near]


def base_cell_holes() -> list[Point]:
    """Countersunk from below."""
    fixed, _ = cell_holes()
    return [(x, sign * PLATE.centre_y) for sign in (-1, 1) for x, _ in fixed]


def base_stops() -> list[Point]:
    """Tapped holes of the overload stops."""
    return [(x, sign * PLATE.centre_y + y) for sign in (-1, 1) for x, y in PLATE.stops]


def base_rail_holes() -> list[Point]:
    """Tapped holes of the rails; a half uses the inner two, front and rear."""
    return [(x, sign * BASE.rail_y) for sign in (-1, 1) for x in BASE.rail_x]


def rail_holes() -> list[float]:
    """Along the rail, from its middle."""
    count = round((RAIL.last - RAIL.first) / RAIL.pitch) + 1
    row = [RAIL.first + RAIL.pitch * index for index in range(count)]
    return [-x for x in reversed(row)] + row


def rail_holes_of(stance: float) -> list[float]:
    """The rail's holes that the right half's inner bolts take at a stance, from the middle."""
    return [stance / 2 + x for x in BASE.rail_x if x < 0]
