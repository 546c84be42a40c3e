"""A library of labelled scenarios: bodies, tempi, styles, faults, and what is no repetition."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from rig.names import FORCE_CHANNELS
from rig.simulation.trainee.balance import BodyModel
from rig.simulation.trainee.performance import Performance, perform
from rig.simulation.trainee.rod import Grip
from rig.simulation.trainee.script import (
    Away,
    FaultAt,
    Hinge,
    HoldOn,
    Jolt,
    PutDowel,
    Script,
    Sit,
    Stand,
    Step,
    StepOff,
    StepOn,
    Sway,
    TakeDowel,
    Trainee,
    back,
)

FAULTS: Final[dict[str, dict[str, Any]]] = {
    "rounding": {
        "spine_mm": back(head=-4.0, mid_back=24.0, tailbone=-7.0), "loses_at": 0.5,
        "lean_deg": 16.0,
    },
    "pelvic_tuck": {"spine_mm": back(tailbone=-25.0), "loses_at": 0.6, "lean_deg": 5.0},
    "waist_bend": {
        "spine_mm": back(mid_back=8.0, tailbone=-22.0), "loses_at": 0.4, "knee_deg": 3.0,
        "depth": 0.7, "com_shift_mm": 30.0, "kind": "partial", "lean_deg": 24.0,
    },
    "chin_tuck": {"spine_mm": back(head=-22.0), "loses_at": 0.4},
    "arching": {"spine_mm": back(mid_back=-25.0), "loses_at": 0.5},
    "toe_weight": {"com_shift_mm": 48.0},
    "side_shift": {"right_shift": 0.13},
    "heel_lift": {"com_shift_mm": 95.0},
}  # fmt: skip
"""How each fault shows on plates, pads and the dowel's inclination (`docs/analysis.md`)."""

_CONFUSERS: Final[dict[str, tuple[Step, ...]]] = {
    "calf-raise": (Sway(2.0, forward_mm=45, rise_mm=60),),
    "weight-shift": (Sway(2.5, right_share=0.3),),
    "lean": (Sway(3.0, forward_mm=50),),
    "cough": (Jolt(), Stand(0.3), Jolt(0.25, 0.08)),
    "pulse": (Hinge(0.35, 0.0, 0.35, depth=0.2, kind="none"),),
    "reach": (Sway(1.5, forward_mm=25, right_share=0.1),),
    "sit": (Sit(),),
    "quick-sit": (Sit(0.9, 1.0, 0.8, 0.6),),
    "hold-on": (HoldOn(),),
    "breath": (Sway(4.0, rise_mm=8),),
}


@dataclass(frozen=True)
class Scenario:
    """A labelled script. `dowel` False: bends without it, which are no repetitions.

    `model` is the construction of the body that does it (`balance.py`).
    """

    name: str
    group: str
    script: Script
    seed: int
    dowel: bool = True
    model: BodyModel = "prescribed"

    def perform(self) -> Performance:
        """What happens; the same each time."""
        return perform(self.script, self.seed, self.model)


def scenarios(
    count_each: int = 6, seed: int = 0, model: BodyModel = "prescribed"
) -> Iterator[Scenario]:
    """`count_each` scenarios of every group, drawn from `seed`; the same seed gives the same."""
    for group, make in _GROUPS.items():
        for number in range(count_each):
            rng = random.Random(f"{seed}-{group}-{number}")
            steps = make(rng, number)
            yield Scenario(
                f"{group}-{number}",
                group,
                _script(rng, group, steps),
                rng.randrange(10**6),
                dowel=group != "no-dowel",
                model=model,
            )


def _script(rng: random.Random, group: str, steps: tuple[Step, ...]) -> Script:
    around = _around(steps, rng, dowel=group != "no-dowel")
    broken = _broken(rng, sum(step.seconds for step in around)) if group == "sensors" else ()
    return Script(_trainee(rng), around, broken)


def _broken(rng: random.Random, seconds: float) -> tuple[FaultAt, ...]:
    """Short outages of two channels, and a long one of a pad or a cell."""
    short = [FaultAt(channel, "unplugged", t, t + rng.uniform(0.05, 0.2))
             for channel in rng.sample(FORCE_CHANNELS, 2)
             for t in [rng.uniform(4.0, seconds - 4.0) for _ in range(3)]]  # fmt: skip
    start = rng.uniform(0.3, 0.6) * seconds
    return (
        *short,
        FaultAt(rng.choice(FORCE_CHANNELS), "unplugged", start, start + rng.uniform(2, 4)),
    )


def _trainee(rng: random.Random) -> Trainee:
    return Trainee(
        mass_kg=rng.uniform(45, 130),
        height_m=rng.uniform(1.5, 2.0),
        right_share=rng.uniform(0.44, 0.56),
        stance_cop_mm=rng.uniform(-20, 10),
        restless=rng.choice([0.0005, 0.001, 0.002, 0.004]),
        grip=Grip(
            head_n=rng.uniform(1.5, 3.0),
            mid_back_n=rng.uniform(6.0, 11.0),
            tailbone_n=rng.uniform(4.0, 8.0),
            rod_kg=rng.uniform(0.2, 0.6),
            pad_n_per_m=rng.uniform(500.0, 1200.0),
            hand_n_per_m=rng.uniform(800.0, 3000.0),
        ),
    )


def _around(steps: tuple[Step, ...], rng: random.Random, *, dowel: bool) -> tuple[Step, ...]:
    take: tuple[Step, ...] = (TakeDowel(), Stand(rng.uniform(1.0, 2.0))) if dowel else ()
    put: tuple[Step, ...] = (PutDowel(), Stand(1.0)) if dowel else ()
    stand = Stand(rng.uniform(2.5, 4.0))
    return (Away(2.0), StepOn(), stand, *take, *steps, *put, StepOff(), Away(2.0))


def _reps(
    rng: random.Random, make: Callable[[int], Hinge], count: int, between: tuple[float, float]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    for number in range(count):
        steps += [make(number), Stand(rng.uniform(*between))]
    return tuple(steps)


def _tempo(rng: random.Random, low_s: float, high_s: float) -> Hinge:
    """A clean hinge, descent and ascent of these lengths, load kept, to heels or to toes."""
    descent = rng.uniform(low_s, high_s)
    return Hinge(
        descent_s=descent,
        pause_s=rng.choice([0.0, rng.uniform(0.2, 1.5)]),
        ascent_s=descent * rng.uniform(0.7, 1.1),
        com_shift_mm=rng.choice([-20.0, 0.0, 15.0]),
        knee_deg=rng.uniform(12, 30),
        trunk_deg=rng.uniform(40, 55) if descent < 0.8 else rng.uniform(50, 75),
    )


def _varied(rng: random.Random, base: Hinge) -> Hinge:
    wobble = rng.uniform(0.9, 1.1)
    return replace(base, descent_s=base.descent_s * wobble, depth=base.depth * rng.uniform(0.93, 1))


def _clean(low_s: float, high_s: float, between: tuple[float, float]) -> "_Make":
    def make(rng: random.Random, _number: int) -> tuple[Step, ...]:
        base = _tempo(rng, low_s, high_s)
        return _reps(rng, lambda _: _varied(rng, base), rng.randint(3, 6), between)

    return make


def _fault(rng: random.Random, number: int) -> tuple[Step, ...]:
    """Clean repetitions, and some with one fault each."""
    base = _tempo(rng, 1.0, 2.0)
    base = replace(base, com_shift_mm=0.0)
    names = list(FAULTS)

    def make(rep: int) -> Hinge:
        if rep < 2:
            return _varied(rng, base)
        name = names[(number * 3 + rep) % len(names)]
        return replace(base, faults=(name,), **FAULTS[name])

    return _reps(rng, make, 6, (0.8, 1.6))


def _depths(rng: random.Random, _number: int) -> tuple[Step, ...]:
    base = replace(_tempo(rng, 1.0, 2.0), com_shift_mm=0.0)
    depths = {"hinge": 1.0, "partial": 0.68, "incomplete": 0.45}
    kinds = ["hinge", "hinge", *rng.sample(list(depths), 3)]
    return _reps(
        rng, lambda rep: replace(base, depth=depths[kinds[rep]], kind=kinds[rep]), 5, (0.8, 1.6)
    )


def _squats(rng: random.Random, _number: int) -> tuple[Step, ...]:
    squat = Hinge(
        descent_s=rng.uniform(0.8, 1.8),
        ascent_s=rng.uniform(0.7, 1.5),
        knee_deg=rng.uniform(75, 105),
        trunk_deg=rng.uniform(20, 35),
        kind="squat",
    )
    return _reps(rng, lambda _: _varied(rng, squat), 4, (0.8, 1.6))


def _confused(rng: random.Random, number: int) -> tuple[Step, ...]:
    names = list(_CONFUSERS)
    steps: list[Step] = []
    for n in range(4):
        steps += [*_CONFUSERS[names[(number + n) % len(names)]], Stand(rng.uniform(1.0, 2.0))]
    return tuple(steps)


_Make = Callable[[random.Random, int], tuple[Step, ...]]

_GROUPS: Final[dict[str, _Make]] = {
    "fast": _clean(0.55, 0.9, (0.5, 1.2)),
    "medium": _clean(0.9, 2.2, (0.5, 1.5)),
    "slow": _clean(2.2, 4.0, (0.8, 2.0)),
    "very-slow": _clean(4.0, 6.0, (1.0, 2.0)),
    "without-rest": _clean(0.7, 1.6, (0.0, 0.15)),
    "faults": _fault,
    "depths": _depths,
    "squats": _squats,
    "confusers": _confused,
    "no-dowel": _clean(0.9, 2.0, (0.6, 1.5)),
    "sensors": _clean(0.9, 2.0, (0.6, 1.5)),
}
