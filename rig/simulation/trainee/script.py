"""What a simulated trainee does, as a list of steps, and the scenarios by name."""

from dataclasses import dataclass
from typing import Final

from rig.errors import ConfigError
from rig.names import PADS
from rig.simulation.trainee.rod import Grip


@dataclass(frozen=True)
class Away:
    """The platform is empty."""

    seconds: float


@dataclass(frozen=True)
class StepOn:
    """One foot after the other onto the platform."""

    seconds: float = 1.4


@dataclass(frozen=True)
class StepOff:
    """One foot after the other off the platform."""

    seconds: float = 1.2


@dataclass(frozen=True)
class Stand:
    """Stand upright, as still as people do."""

    seconds: float


@dataclass(frozen=True)
class TakeDowel:
    """Bring the dowel to head, back and tailbone."""

    seconds: float = 1.0


@dataclass(frozen=True)
class PutDowel:
    """Take the dowel away from the back."""

    seconds: float = 0.8


def back(**mm: float) -> tuple[float, ...]:
    """How far the back comes out at each pad, from millimetres by pad; 0 at the others."""
    return tuple(mm.get(pad, 0.0) for pad in PADS)


@dataclass(frozen=True)
class Hinge:
    """One bend: down, pause, up.

    `depth` 1 is a trunk inclination of 65 degrees. `loses` names a pad from which the back goes
    away beyond `loses_at` (share of the excursion); `spine_mm` is how far the back comes out at
    each pad beyond there. At the bottom, `com_shift_mm` is how far the load is
    forward and `right_shift` to the right, `knee_deg` the knee flexion, `trunk_deg` the trunk
    inclination; `lean_deg` is how much further the dowel leans on a spine that flexes, with which
    the mass comes down no further. `kind` and `faults` are the labels: what someone who sees it
    would say.
    """

    descent_s: float = 1.6
    pause_s: float = 0.4
    ascent_s: float = 1.4
    depth: float = 1.0
    loses: str | None = None
    loses_at: float = 0.6
    spine_mm: tuple[float, ...] = (0.0,) * len(PADS)
    com_shift_mm: float = 0.0
    right_shift: float = 0.0
    knee_deg: float = 22.0
    trunk_deg: float = 65.0
    lean_deg: float = 0.0
    kind: str = "hinge"
    faults: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Descent, pause and ascent."""
        return self.descent_s + self.pause_s + self.ascent_s


@dataclass(frozen=True)
class Sway:
    """Move the load while standing: forward, to the right, or up on the toes and down again."""

    seconds: float = 2.0
    forward_mm: float = 0.0
    right_share: float = 0.0
    rise_mm: float = 0.0


@dataclass(frozen=True)
class Sit:
    """Sit down on something beside the platform that takes `seat_share` of the load; get up."""

    down_s: float = 1.6
    seated_s: float = 2.0
    up_s: float = 1.4
    seat_share: float = 0.75

    @property
    def seconds(self) -> float:
        """Down, seated and up."""
        return self.down_s + self.seated_s + self.up_s


@dataclass(frozen=True)
class HoldOn:
    """Lean on something beside the platform, which takes `share` of the weight."""

    seconds: float = 2.0
    share: float = 0.1


@dataclass(frozen=True)
class Jolt:
    """A short force like a cough or a stamp: up and down by `force_share` of body weight."""

    seconds: float = 0.3
    force_share: float = 0.06


Step = Away | StepOn | StepOff | Stand | TakeDowel | PutDowel | Hinge | Sway | Sit | HoldOn | Jolt


@dataclass(frozen=True)
class Trainee:
    """Who does it; segment sizes follow from height, segment masses from mass."""

    mass_kg: float = 72.0
    height_m: float = 1.75
    right_share: float = 0.5  # of the load when standing
    stance_cop_mm: float = -8.0  # centre of pressure when standing, + forward of mid-foot
    restless: float = 0.0005  # spread of total force from heartbeat, breath and tremor, of weight
    grip: Grip = Grip()


@dataclass(frozen=True)
class FaultAt:
    """A channel of the simulated rig that is broken for some time of the run."""

    channel: str
    fault: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Script:
    """A person and the steps, which are done again and again; what breaks meanwhile."""

    trainee: Trainee
    steps: tuple[Step, ...]
    faults: tuple[FaultAt, ...] = ()


def _set_of(*hinges: Hinge, between_s: float = 1.3) -> tuple[Step, ...]:
    """Step on, stand, take the dowel, hinge with a stand after each, put it down, step off."""
    reps: list[Step] = []
    for hinge in hinges:
        reps += [hinge, Stand(between_s)]
    return (
        Away(4.0),
        StepOn(),
        Stand(4.0),
        TakeDowel(),
        Stand(1.5),
        *reps,
        PutDowel(),
        Stand(1.0),
        StepOff(),
        Away(3.0),
    )


SCENARIOS: Final = {
    "first-steps": Script(
        Trainee(),
        _set_of(
            Hinge(),
            Hinge(descent_s=1.9),
            Hinge(loses="tailbone", lean_deg=8.0),
            Hinge(com_shift_mm=48.0),
            Hinge(ascent_s=1.7, pause_s=0.0),
        ),
    ),
    "steady": Script(Trainee(mass_kg=61.0, height_m=1.66), _set_of(*[Hinge()] * 5)),
    "loose-plugs": Script(
        Trainee(),
        _set_of(*[Hinge()] * 3),
        (
            FaultAt("left_toe", "unplugged", 8.0, 8.3),
            FaultAt("tailbone", "open", 14.0, 16.0),
            FaultAt("right_heel", "unplugged", 18.0, 21.0),
        ),
    ),
    "hands-free": Script(
        Trainee(),
        (
            Away(4.0),
            StepOn(),
            Stand(3.5),
            TakeDowel(),
            Stand(4.5),
            Hinge(),
            Stand(1.3),
            StepOff(),
            Away(2.0),  # off too early, and back
            StepOn(),
            Stand(8.0),
            Hinge(),
            Stand(1.3),
            Hinge(),
            Stand(1.3),
            PutDowel(),
            Stand(3.0),
            StepOff(),
            Away(18.0),
        ),
    ),
    "empty": Script(Trainee(), (Away(10.0),)),
    "standing": Script(Trainee(), (Away(10.0), StepOn(), Stand(120.0))),
}


def find_script(name: str) -> Script:
    """The scenario of that name; `ConfigError` lists the names there are."""
    try:
        return SCENARIOS[name]
    except KeyError:
        raise ConfigError(f"sim.scenario is {name!r}, allowed is {', '.join(SCENARIOS)}") from None
