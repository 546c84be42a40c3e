"""The names that files, pages and people use, always in this order.

Each set of names is a type (a Literal) and, where somebody goes through it, a tuple of the same.
"""

from typing import Final, Literal, get_args

from rig.channels import CELL, IMU, PAD, TABLE, names_of

CELLS: Final = names_of(CELL)
PADS: Final = names_of(PAD)
FORCE_CHANNELS: Final = (*CELLS, *PADS)
"""Those that give a force; they come first in `CHANNELS`."""
IMU_AXES: Final = tuple(f"imu_{axis}" for axis in IMU.axes)
CHANNELS: Final = tuple(channel.name for channel in TABLE)

RepKind = Literal["hinge", "partial", "incomplete", "squat"]
REP_KINDS: Final[tuple[RepKind, ...]] = get_args(RepKind)
COUNTED_KINDS: Final[tuple[RepKind, ...]] = ("hinge", "partial")

Phase = Literal["standing", "eccentric", "bottom", "concentric"]
PHASES: Final[tuple[Phase, ...]] = get_args(Phase)

FaultName = Literal[
    "rounding",
    "waist_bend",
    "pelvic_tuck",
    "chin_tuck",
    "arching",
    "toe_weight",
    "side_shift",
    "heel_lift",
]
FAULTS: Final[tuple[FaultName, ...]] = get_args(FaultName)

EventName = Literal[
    "person_on",
    "person_off",
    "weighed",
    "weighing_failed",
    "zero_drift",
    "dowel_on",
    "dowel_off",
    "phase",
    "rep",
    "contacts",
    "bend_without_dowel",
    "contact_lost",
    "contact_regained",
    "frames_missed",
    "signal_gap",
    "channel_doubtful",
    "signs",
    "angle_on",
    "angle_off",
    "dowel_moved",
]
"""What happens in a session; `docs/internals.md` says when, and with which values."""
EVENT_NAMES: Final[tuple[EventName, ...]] = get_args(EventName)

FlowName = Literal[
    "empty",
    "step_on",
    "stand_still",
    "weighed",
    "take_dowel",
    "count_in",
    "set",
    "rest",
    "left",
    "summary",
]
"""Where a person is in the exercise; `rig/session/flow_states.py` says what each means."""

CommandName = Literal[
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
]
COMMANDS: Final[tuple[CommandName, ...]] = get_args(CommandName)
