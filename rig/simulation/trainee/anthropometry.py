"""Sizes and masses of body segments (de Leva 1996, both sexes averaged; both sides together)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """A rigid segment: mass, length, centre of mass from its lower end, inertia about that."""

    mass_kg: float
    length_m: float
    com_m: float

    @property
    def inertia_kg_m2(self) -> float:
        """Of a slender body with a radius of gyration of 0.29 lengths (typical of limbs)."""
        return self.mass_kg * (0.29 * self.length_m) ** 2


@dataclass(frozen=True)
class Segments:
    """Shanks, thighs, and trunk with head and arms; the feet stand still."""

    shank: Segment
    thigh: Segment
    trunk: Segment
    foot_mass_kg: float
    ankle_height_m: float


def segments_of(mass_kg: float, height_m: float) -> Segments:
    """The segments of a person of this mass and height."""
    shank_m, thigh_m, trunk_m = 0.246 * height_m, 0.245 * height_m, 0.470 * height_m
    return Segments(
        shank=Segment(0.091 * mass_kg, shank_m, 0.56 * shank_m),
        thigh=Segment(0.289 * mass_kg, thigh_m, 0.62 * thigh_m),
        trunk=Segment(0.593 * mass_kg, trunk_m, 0.58 * trunk_m),
        foot_mass_kg=0.027 * mass_kg,
        ankle_height_m=0.039 * height_m,
    )
