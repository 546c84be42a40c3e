"""Posture over time: trunk and knee angles, load per foot, dowel, all on one time grid."""

from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import PADS
from rig.simulation.trainee.script import (
    Away,
    Hinge,
    HoldOn,
    Jolt,
    PutDowel,
    Script,
    Sit,
    Stand,
    StepOff,
    StepOn,
    Sway,
    TakeDowel,
)

Floats = npt.NDArray[np.float64]

RATE_HZ: Final = 200
_EDGE: Final = 0.25  # share of the excursion over which the spine changes its shape
_AWAY_MM: Final = 30.0  # no rod follows the back so far
_SIT_KNEE_DEG: Final = 85.0
_SIT_TRUNK_DEG: Final = 35.0


def smooth(u: Floats) -> Floats:
    """A minimum-jerk rise from 0 to 1 while `u` goes from 0 to 1 (Flash and Hogan 1985)."""
    u = np.clip(u, 0.0, 1.0)
    return u * u * u * (10.0 - 15.0 * u + 6.0 * u * u)


@dataclass(frozen=True)
class RepTruth:
    """What was really done in one repetition; times in seconds from the script's start."""

    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float
    depth: float
    loses: str | None
    com_shift_mm: float
    kind: str
    faults: tuple[str, ...]


@dataclass
class Motion:
    """Curves of one run through a script, each (n,) at `RATE_HZ`; `spine_mm` is (n, pads)."""

    t_s: Floats
    trunk_deg: Floats
    lean_deg: Floats  # of the dowel, further than the trunk
    knee_deg: Floats
    com_shift_mm: Floats
    right_shift: Floats  # of the share of the load
    rise_m: Floats  # of the whole body, as on tiptoe
    jolt: Floats  # of body weight
    on_left: Floats  # 0..1: how much of this foot's load is on the platform
    on_right: Floats
    borne: Floats  # share of the load that something beside the platform bears
    held: Floats  # 0..1: how firmly the dowel is held to the back
    spine_mm: Floats  # how far the back stands out at each pad, against standing
    reps: list[RepTruth] = field(default_factory=list)


def _at_rest(t_s: Floats) -> Motion:
    """Nobody there, nothing moves."""
    curves = {f.name: np.zeros(len(t_s)) for f in fields(Motion) if f.name != "reps"}
    return Motion(**curves | {"t_s": t_s, "spine_mm": np.zeros((len(t_s), len(PADS)))})


def move(script: Script) -> Motion:
    """Go through the script once."""
    total_s = sum(step.seconds for step in script.steps)
    t = np.arange(round(total_s * RATE_HZ)) / RATE_HZ
    motion = _at_rest(t)
    start_s = 0.0
    for step in script.steps:
        u = (t - start_s) / step.seconds
        match step:
            case StepOn():
                motion.on_left += smooth(u / 0.45)
                motion.on_right += smooth((u - 0.4) / 0.6)
            case StepOff():
                motion.on_right -= smooth(u / 0.6)
                motion.on_left -= smooth((u - 0.55) / 0.45)
            case TakeDowel():
                motion.held += smooth(u)
            case PutDowel():
                motion.held -= smooth(u)
            case Hinge():
                _hinge(motion, step, start_s)
            case Sway():
                there_and_back = smooth(2 * u) - smooth(2 * u - 1)
                motion.com_shift_mm += step.forward_mm * there_and_back
                motion.right_shift += step.right_share * there_and_back
                motion.rise_m += step.rise_mm / 1000 * there_and_back
            case Sit():
                _sit(motion, step, start_s)
            case HoldOn():
                motion.borne += step.share * (smooth(u / 0.2) - smooth((u - 0.8) / 0.2))
            case Jolt():
                inside = (u >= 0) & (u < 1)
                motion.jolt += step.force_share * np.where(inside, np.sin(2 * np.pi * u), 0.0)
            case Stand() | Away():
                pass
        start_s += step.seconds
    return motion


def _hinge(motion: Motion, hinge: Hinge, start_s: float) -> None:
    bottom_s = start_s + hinge.descent_s
    rise_s = bottom_s + hinge.pause_s
    down = smooth((motion.t_s - start_s) / hinge.descent_s)
    up = smooth((motion.t_s - rise_s) / hinge.ascent_s)
    excursion = (down - up) * hinge.depth
    motion.trunk_deg += hinge.trunk_deg * excursion
    motion.lean_deg += hinge.lean_deg * excursion
    motion.knee_deg += hinge.knee_deg * excursion
    share = excursion / hinge.depth
    motion.com_shift_mm += hinge.com_shift_mm * share
    motion.right_shift += hinge.right_shift * share
    beyond = smooth((share - hinge.loses_at) / _EDGE)
    motion.spine_mm += np.outer(beyond, hinge.spine_mm)
    if hinge.loses is not None:
        motion.spine_mm[:, PADS.index(hinge.loses)] -= _AWAY_MM * beyond
    motion.reps.append(
        RepTruth(
            start_s,
            bottom_s,
            rise_s,
            rise_s + hinge.ascent_s,
            hinge.depth,
            hinge.loses,
            hinge.com_shift_mm,
            hinge.kind,
            hinge.faults,
        )
    )


def _sit(motion: Motion, sit: Sit, start_s: float) -> None:
    """Down like a squat; the seat bears at the end of the way down and lets go on the way up."""
    up_s = start_s + sit.down_s + sit.seated_s
    down = smooth((motion.t_s - start_s) / sit.down_s)
    up = smooth((motion.t_s - up_s) / sit.up_s)
    motion.knee_deg += _SIT_KNEE_DEG * (down - up)
    motion.trunk_deg += _SIT_TRUNK_DEG * (down - up)
    landed = smooth((motion.t_s - start_s - 0.8 * sit.down_s) / (0.3 * sit.down_s))
    left = smooth((motion.t_s - up_s + 0.1 * sit.up_s) / (0.3 * sit.up_s))
    motion.borne += sit.seat_share * (landed - left)
