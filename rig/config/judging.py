"""Settings of what is judged to be a whole repetition, and a fault."""

from dataclasses import dataclass

from rig.config.setting import setting


@dataclass(frozen=True)
class JudgingSection:
    """How a repetition is judged; drills and reports are written for the defaults."""

    partial_below: float = setting(
        0.75, "share of the usual depth below which a repetition is partial", low=0.05, high=1
    )
    incomplete_below: float = setting(
        0.60, "share of the usual depth below which it is incomplete", low=0.05, high=1
    )
    toe_weight_below: float = setting(
        0.30, "share of weight on the heels below which it is on the toes", low=0, high=0.9
    )
    side_shift_above: float = setting(
        0.08,
        "change of the right side's share of weight above which it is a shift",
        low=0.01,
        high=0.5,
    )
    heel_lift_below: float = setting(
        0.012, "share of weight on the heels below which they are lifted", low=0.001, high=0.2
    )
