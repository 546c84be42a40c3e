"""People to learn from: as many ways as possible to hold a dowel and to lose it.

A model that has seen one way to round a back knows that way. So everything that is not known of
people is drawn from a wide range: how soft head, back and pelvis are, where the hands are and how
they pull when inclined, how the spine's flexion is shared between its parts, how much of it and
when. Ranges are *provisional*; a bend whose flexion is near the limit of a fault is left out.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from rig.names import PADS
from rig.simulation.trainee.balance import BodyModel
from rig.simulation.trainee.library import Scenario
from rig.simulation.trainee.rod import Grip
from rig.simulation.trainee.script import (
    Away,
    Hinge,
    PutDowel,
    Script,
    Stand,
    StepOff,
    StepOn,
    TakeDowel,
    Trainee,
    back,
)

_REPS: Final = 10
_SLIGHT_DEG: Final = 4.0  # of flexion: no fault, though a contact may go


@dataclass(frozen=True)
class Spine:
    """Flexion in degrees; how far it moves the back at each pad, in metres per radian.

    Seen from the chest, along which the dowel lies.
    """

    neck_m: float
    """Head forward."""
    chest_out_m: float
    chest_head_m: float
    """Mid-back out, and head forward, with the chest's flexion."""
    low_back_m: float
    """Tailbone forward."""

    def mm(self, neck: float, chest: float, low_back: float) -> tuple[float, ...]:
        """How far the back stands out at each pad."""
        n, c, b = (math.radians(angle) for angle in (neck, chest, low_back))
        head = -self.neck_m * n - self.chest_head_m * c
        chest_mm, tail_mm = 1000 * self.chest_out_m * c, -1000 * self.low_back_m * (b + c)
        return back(head=1000 * head, mid_back=chest_mm, tailbone=tail_mm)


def people(count: int, rng: random.Random, model: BodyModel) -> Iterator[Scenario]:
    """Each does some bends: clean ones, squats, and with any of the faults."""
    for number in range(count):
        spine = _spine(rng)
        base = _tempo(rng)
        reps = [_rep(rng, base, spine, number * _REPS + n) for n in range(_REPS)]
        script = Script(_trainee(rng), _around(rng, reps))
        yield Scenario(f"{model}-{number}", "people", script, rng.randrange(10**6), model=model)


def _around(rng: random.Random, reps: list[Hinge]) -> tuple[object, ...]:
    done = [step for rep in reps for step in (rep, Stand(rng.uniform(0.6, 1.6)))]
    taken = (StepOn(), Stand(3.0), TakeDowel(), Stand(rng.uniform(1.0, 2.0)))
    return (Away(2.0), *taken, *done, PutDowel(), Stand(1.0), StepOff(), Away(2.0))


def _trainee(rng: random.Random) -> Trainee:
    return Trainee(
        mass_kg=rng.uniform(45, 130),
        height_m=rng.uniform(1.5, 2.0),
        right_share=rng.uniform(0.44, 0.56),
        stance_cop_mm=rng.uniform(-20, 15),
        restless=rng.choice([0.0005, 0.001, 0.002, 0.004]),
        grip=_grip(rng),
    )


def _grip(rng: random.Random) -> Grip:
    return Grip(
        head_n=rng.uniform(1.5, 7.0),
        mid_back_n=rng.uniform(5.0, 12.0),
        tailbone_n=rng.uniform(3.0, 8.0),
        rod_kg=rng.uniform(0.2, 0.7),
        pad_n_per_m=rng.uniform(600.0, 2500.0),
        hand_n_per_m=10 ** rng.uniform(1.8, 3.4),
        softness=_softness(head=rng.uniform(1.0, 8.0), tailbone=rng.uniform(1.0, 3.0)),
        hands_m=(rng.uniform(0.54, 0.64), rng.uniform(0.08, 0.22)),
        habits=(rng.gauss(0.0, 0.2), rng.gauss(0.0, 0.2)),
    )


def _softness(**softer: float) -> tuple[float, ...]:
    return tuple(softer.get(pad, 1.0) for pad in PADS)


def _spine(rng: random.Random) -> Spine:
    return Spine(
        neck_m=rng.uniform(0.08, 0.16),
        chest_out_m=rng.uniform(0.0, 0.10),
        chest_head_m=rng.uniform(0.0, 0.06),
        low_back_m=rng.uniform(0.12, 0.26),
    )


def _tempo(rng: random.Random) -> Hinge:
    down_s = rng.uniform(0.8, 2.6)
    return Hinge(
        descent_s=down_s,
        pause_s=rng.choice([0.0, rng.uniform(0.2, 1.5)]),
        ascent_s=down_s * rng.uniform(0.7, 1.1),
        com_shift_mm=rng.uniform(-25.0, 15.0),
        knee_deg=rng.uniform(10, 35),
        trunk_deg=rng.uniform(45, 75),
    )


def _rep(rng: random.Random, base: Hinge, spine: Spine, number: int) -> Hinge:
    """A repetition of the kind whose turn it is; the first of everybody are clean."""
    rep = replace(base, descent_s=base.descent_s * rng.uniform(0.9, 1.1))
    if number % _REPS < 2:
        return rep
    return _KINDS[number % len(_KINDS)](rng, rep, spine)


def _slight(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    flexion = [rng.uniform(-_SLIGHT_DEG / 2, _SLIGHT_DEG) for _ in range(3)]
    return replace(rep, spine_mm=spine.mm(*flexion), loses_at=rng.uniform(0.0, 0.5))


def _flexed(
    rng: random.Random,
    rep: Hinge,
    spine: Spine,
    faults: tuple[str, ...],
    neck: float,
    chest: float,
    low_back: float,
) -> Hinge:
    """With such a spine, from some depth on; else the parts move a little."""
    slight = [rng.uniform(-2.0, 2.0) for _ in range(3)]
    angles = (neck + slight[0], chest + slight[1], low_back + slight[2])
    return replace(rep, faults=faults, spine_mm=spine.mm(*angles), loses_at=rng.uniform(0.0, 0.65))


def _rounding(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    chest = rng.uniform(8.0, 24.0)
    return _flexed(rng, rep, spine, ("rounding",), 0.0, chest, rng.uniform(4.0, 18.0))


def _pelvic_tuck(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    return _flexed(rng, rep, spine, ("pelvic_tuck",), 0.0, 0.0, rng.uniform(11.0, 26.0))


def _chin_tuck(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    return _flexed(rng, rep, spine, ("chin_tuck",), rng.uniform(12.0, 30.0), 0.0, 0.0)


def _chin_and_pelvis(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    neck, low_back = rng.uniform(12.0, 30.0), rng.uniform(11.0, 26.0)
    return _flexed(rng, rep, spine, ("chin_tuck", "pelvic_tuck"), neck, 0.0, low_back)


def _arching(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    return _flexed(rng, rep, spine, ("arching",), 0.0, 0.0, -rng.uniform(9.0, 22.0))


def _waist_bend(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    """The knees straight, the pelvis behind, the load to the toes."""
    bent = replace(
        rep,
        depth=rng.uniform(0.55, 0.8),
        knee_deg=rng.uniform(0.0, 6.0),
        com_shift_mm=rng.uniform(15.0, 48.0),
        kind="partial",
    )
    low_back = rng.uniform(18.0, 36.0)
    return _flexed(
        rng, bent, spine, ("waist_bend",), 0.0, rng.choice([0.0, rng.uniform(0.0, 12.0)]), low_back
    )


def _toes(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    return _slight(rng, replace(rep, com_shift_mm=rng.uniform(30.0, 60.0)), spine)


def _squat(rng: random.Random, rep: Hinge, spine: Spine) -> Hinge:
    squat = replace(
        rep, kind="squat", knee_deg=rng.uniform(65, 110), trunk_deg=rng.uniform(12, 38),
        descent_s=rng.uniform(0.8, 1.8), ascent_s=rng.uniform(0.7, 1.5),
    )  # fmt: skip
    return _slight(rng, squat, spine)


_KINDS: Final = (
    _rounding, _slight, _pelvic_tuck, _chin_tuck, _arching, _waist_bend, _rounding, _toes,
    _chin_and_pelvis, _squat, _pelvic_tuck, _waist_bend, _slight,
)  # fmt: skip
