"""Print the load estimate: a 150 kg person with weights steps onto one corner of a plate.

    python hardware/mechanical/load.py

Beam formulas with the dimensions of `parameters.py`; inferred, nothing was measured. The table is
the one in README.md (a test compares them).
"""

from parameters import BASE, CELL, PLATE, SPACER, Point

G = 9.81
PERSON_KG = 150.0
WEIGHTS_KG = 50.0
IMPACT = 1.5  # a firm step; inferred
YOUNG_MPA = 70_000.0  # aluminium
YIELD_MPA = 250.0  # EN AW-6082 T6
NORMAL_SHARE = 0.95  # of one foot's load on its heel plate
OFF_CENTRE = 40.0  # a foot placed badly, still in use


def inertia(width: float, thickness: float) -> float:
    """Second moment of area, mm⁴."""
    return width * thickness**3 / 12


def stress(moment: float, width: float, thickness: float) -> float:
    """Bending stress at the surface, MPa."""
    return 6 * moment / (width * thickness**2)


def clamp_x() -> float:
    """Where the plate leaves the upper spacer, from its centre: there it bends."""
    return CELL.length / 2 - SPACER.length


def plate_sag(force: float, x: float, at: float) -> float:
    """How far the plate bends down at `at` under a force at `x`, both from its centre, mm."""
    lever, reach = abs(x - clamp_x()), abs(at - clamp_x())
    stiffness = YOUNG_MPA * inertia(PLATE.length, PLATE.thickness)
    bend = force * lever**3 / (3 * stiffness)
    slope = force * lever**2 / (2 * stiffness)
    return bend + slope * max(0.0, reach - lever)


def cell_sag(force: float) -> float:
    """How far a cell gives, mm."""
    return CELL.deflection_at_capacity * force / (CELL.capacity_kg * G)


def far_corner() -> Point:
    """The plate's corner stop farthest from where the plate is held."""
    return PLATE.stops[0]


def force_at_stop() -> float:
    """The force at the far corner at which the plate meets its stop, N."""
    x = far_corner()[0]
    return PLATE.stop_gap / (plate_sag(1.0, x, x) + cell_sag(1.0))


def rows() -> list[tuple[str, str, str]]:
    """What, value, compared with."""
    corner = (PERSON_KG + WEIGHTS_KG) * G * IMPACT
    normal = NORMAL_SHARE * (PERSON_KG + WEIGHTS_KG) / 2 * G
    x = far_corner()[0]
    through_cell = force_at_stop()
    lever = abs(x - clamp_x())
    bending = stress(through_cell * lever, PLATE.length, PLATE.thickness)
    sag = plate_sag(normal, -OFF_CENTRE, x) + cell_sag(normal)
    span = BASE.feet[1][1] - BASE.feet[0][1]
    base = stress(corner * span / 4, BASE.width, BASE.thickness)
    dip = corner * span**3 / (48 * YOUNG_MPA * inertia(BASE.width, BASE.thickness))
    stop = (corner - through_cell) / 20.1
    overload = CELL.capacity_kg * CELL.safe_overload * G
    return [
        ("force of the step at one corner", f"{corner:.0f} N", "assumed"),
        ("the plate meets its stop at", f"{through_cell:.0f} N", f"gap {PLATE.stop_gap:g} mm"),
        ("through the cell, at most", f"{through_cell:.0f} N", f"{overload:.0f} N safe overload"),
        ("plate's bending stress then", f"{bending:.0f} MPa", f"{YIELD_MPA:.0f} MPa yield"),
        ("stop screw M6, the rest of the force", f"{stop:.0f} MPa", "640 MPa yield (8.8)"),
        ("base plate between its feet", f"{base:.0f} MPa", f"{YIELD_MPA:.0f} MPa yield"),
        ("base plate dips by", f"{dip:.2f} mm", "feet 10 mm high"),
        (
            "step in the middle, through the cell",
            f"{corner:.0f} N",
            f"{overload:.0f} N safe overload",
        ),
        ("normal use: heel, 40 mm off centre", f"{normal:.0f} N", f"{CELL.capacity_kg * G:.0f} N"),
        ("far stop's gap closes by", f"{sag:.2f} mm", f"gap {PLATE.stop_gap:g} mm: not touched"),
    ]


def table() -> str:
    """As Markdown."""
    head = "| what | value | compared with |\n| --- | --- | --- |\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows())


if __name__ == "__main__":
    print(table(), end="")
