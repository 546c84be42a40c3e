"""The flow's states by name, and what its transitions mean for the sets."""

from dataclasses import dataclass
from typing import Final, Literal

FlowName = Literal[
    "empty", "step_on", "stand_still", "weighed", "take_dowel", "count_in", "set", "rest",
    "left", "summary",
]  # fmt: skip
FLOWS: Final[dict[FlowName, str]] = {
    "empty": "nobody is there",
    "step_on": "someone is there, not yet with both feet",
    "stand_still": "the weight is being found; the ring fills while the person stands still",
    "weighed": "the weight was found; for a moment",
    "take_dowel": "waits for all three contacts",
    "count_in": "the set is about to start; moving starts it at once",
    "set": "repetitions count",
    "rest": "a set is over; the dowel taken again, or stepping off, goes on",
    "left": "stepped off early: the set is discarded unless the person comes back in time",
    "summary": "stepped off after a set; its result is shown for a while",
}


@dataclass(frozen=True)
class SetStarts:
    """A set starts at `t_ns` (since the session's first frame)."""

    t_ns: int


@dataclass(frozen=True)
class SetEnds:
    """The open set ended at `t_ns`, and why."""

    t_ns: int
    reason: str


@dataclass(frozen=True)
class SetDropped:
    """The set that has just ended does not count."""


Transition = SetStarts | SetEnds | SetDropped
