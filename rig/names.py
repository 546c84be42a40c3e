"""The names that files, pages and people use, always in this order."""

from typing import Final

CELLS: Final = ("left_heel", "left_toe", "right_heel", "right_toe")
PADS: Final = ("head", "mid_back", "tailbone")
CHANNELS: Final = CELLS + PADS

REP_KINDS: Final = ("hinge", "partial", "incomplete", "squat")
COUNTED_KINDS: Final = ("hinge", "partial")
PHASES: Final = ("standing", "eccentric", "bottom", "concentric")

FAULTS: Final = (
    "rounding",
    "waist_bend",
    "pelvic_tuck",
    "chin_tuck",
    "arching",
    "toe_weight",
    "side_shift",
    "heel_lift",
)

COMMANDS: Final = (
    "start_set",
    "stop_set",
    "discard_set",
    "discard_rep",
    "next_person",
    "choose_person",
    "choose_drill",
    "set_load",
    "set_heel_block",
    "mark_pain",
    "tare",
    "mute",
)
