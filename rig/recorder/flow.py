"""Where the person is in the exercise, and when a set starts and ends: pure.

empty → stand_still → take_dowel → set → rest, and back to empty from anywhere.
"""

from dataclasses import dataclass
from typing import Final, Literal

from rig.analysis.events import Event
from rig.errors import CommandRefused

DOWEL_DOWN_NS: Final = 2_000_000_000  # a dowel that is down for longer ends the set; provisional

FlowName = Literal["empty", "stand_still", "take_dowel", "set", "rest"]


@dataclass(frozen=True)
class SetStarts:
    """A set starts at `t_ns` (since the session's first frame)."""

    t_ns: int


@dataclass(frozen=True)
class SetEnds:
    """The open set ended at `t_ns`, and why."""

    t_ns: int
    reason: str


Turn = SetStarts | SetEnds


class Flow:
    """Takes the analysis' events and the commands about sets, in order of time."""

    def __init__(self) -> None:
        self.present = False
        self.weighed = False
        self.dowel = False
        self.in_set = False
        self._rested = False  # a set was done since stepping on
        self._held = False  # stopped by command: the dowel has to come back before the next set
        self._dowel_off_ns: int | None = None

    @property
    def name(self) -> FlowName:
        """The present state."""
        if not self.present:
            return "empty"
        if self.in_set:
            return "set"
        if not self.weighed:
            return "stand_still"
        return "rest" if self._rested else "take_dowel"

    def take(self, event: Event) -> list[Turn]:
        """What this event leads to, and what time has led to before it."""
        turns = self.advance(event.t_ns)
        match event.name:
            case "person_on":
                self.present = True
            case "person_off":
                turns += self._end(event.t_ns, "stepped_off")
                self.present = self.weighed = self._rested = self._held = False
            case "weighed":
                self.weighed = True
            case "dowel_on":
                self.dowel, self._dowel_off_ns = True, None
            case "dowel_off":
                self.dowel, self._held = False, False
                self._dowel_off_ns = event.t_ns
        return turns + self._start_when_ready(event.t_ns)

    def advance(self, t_ns: int) -> list[Turn]:
        """What the passing of time leads to."""
        down_ns = self._dowel_off_ns
        if not self.in_set or down_ns is None or t_ns - down_ns <= DOWEL_DOWN_NS:
            return []
        return self._end(down_ns, "dowel_down")

    def start_set(self, t_ns: int) -> list[Turn]:
        """Start one without waiting for the dowel. `CommandRefused` where that makes no sense."""
        if not self.present:
            raise CommandRefused("nobody stands on the platform")
        if not self.weighed:
            raise CommandRefused("not weighed yet; stand still")
        if self.in_set:
            raise CommandRefused("a set is running")
        return self._start(t_ns)

    def stop_set(self, t_ns: int, reason: str) -> list[Turn]:
        """End the open set. `CommandRefused` if there is none."""
        if not self.in_set:
            raise CommandRefused("no set is running")
        self._held = self.dowel
        return self._end(t_ns, reason)

    def _start_when_ready(self, t_ns: int) -> list[Turn]:
        ready = self.present and self.weighed and self.dowel
        return self._start(t_ns) if ready and not (self.in_set or self._held) else []

    def _start(self, t_ns: int) -> list[Turn]:
        self.in_set, self._held, self._dowel_off_ns = True, False, None
        return [SetStarts(t_ns)]

    def _end(self, t_ns: int, reason: str) -> list[Turn]:
        if not self.in_set:
            return []
        self.in_set, self._rested, self._dowel_off_ns = False, True, None
        return [SetEnds(t_ns, reason)]
