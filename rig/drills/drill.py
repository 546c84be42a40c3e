"""What a drill says about itself: plain values, so that a file can replace the code."""

from dataclasses import dataclass
from typing import Final

CONDITIONS: Final = {
    "head_lost": "the head does not touch the dowel",
    "mid_back_lost": "the mid-back does not touch it",
    "tailbone_lost": "the tailbone does not touch it",
    "mid_back_pressed": "the mid-back presses much harder than in standing",
    "toes": "the load is on the toes",
    "heels_up": "hardly any load is on the heels",
    "to_one_side": "the load has moved to one side",
    "dowel_gone": "the dowel slipped in a bend",
    "moving": "the person moves while being weighed",
    "one_foot_off": "one foot is not on the platform while being weighed",
    "bent_without_dowel": "a bend was done without the dowel",
}
"""What a rule can be about; a condition that rests on an untrusted sensor never holds."""


@dataclass(frozen=True)
class CueRule:
    """Say `name` in one of `flows` once all conditions of one of the alternatives hold.

    They must hold for `tolerance_s`; the cue then stays silent for `again_s`, however often they
    come back.
    """

    name: str
    when: tuple[tuple[str, ...], ...]
    tolerance_s: float = 0.3
    again_s: float = 6.0
    flows: tuple[str, ...] = ("set",)
    urgent: bool = False  # does not wait for another cue to end


@dataclass(frozen=True)
class Drill:
    """One exercise. All times are provisional unless a table says otherwise."""

    name: str
    cues: tuple[CueRule, ...]  # the most important first
    tempo_s: tuple[float, float, float, float]  # down, pause, up, pause
    target_deg: float | None = None  # how far the trunk is to lean, shown where the dowel tells
    show_s: float = 2.5  # a cue stays at least so long
    quiet_s: float = 2.0  # after a cue, before a less important one
    weighed_s: float = 1.5
    count_in_s: float = 3.0
    dowel_down_s: float = 2.0  # a dowel that is down for longer ends the set
    least_reps: int = 2  # stepping off with fewer counted discards the set,
    undo_s: float = 6.0  # unless the person is back within this time
    summary_s: float = 15.0
    band_ml_mm: float = 15.0  # half of the band about the standing centre of pressure,
    band_ap_mm: float = 30.0  # until there are clean repetitions of this person
