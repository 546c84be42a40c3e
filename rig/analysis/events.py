"""What the analysis reports besides signals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

EVENT_NAMES: Final = {
    "person_on": "someone stands on the platform",
    "person_off": "the platform is empty again",
    "weighed": "body weight found from standing still: body_weight_n",
    "weighing_failed": "no body weight: reason",
    "zero_drift": "the empty platform does not read zero: offset_n",
    "dowel_on": "the dowel is in place: all three pads touch",
    "dowel_off": "the dowel slipped or was put down: all three pads lost at once",
    "phase": "the phase changed: phase",
    "rep": "a repetition was decided: rep",
    "contacts": "how a repetition's contacts were held: rep, bands, first_losses, usable_depth",
    "bend_without_dowel": "a bend that is no repetition, for want of the dowel",
    "contact_lost": "a pad lost contact: pad, noticed_s",
    "contact_regained": "a pad touches again: pad, start_s, end_s",
    "frames_missed": "frames that were sampled and not recorded: count, next_seq",
    "signal_gap": "frames or conversions are missing: duration_s",
}


@dataclass(frozen=True)
class Event:
    """Something that happened at `t_ns` (since the first frame), with its named values."""

    t_ns: int
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name not in EVENT_NAMES:
            raise ValueError(f"{self.name!r} is not an event")
