"""Where the person is in the exercise, and when a set starts and ends: pure.

empty → stand_still → weighed → take_dowel → count_in → set → rest → … → summary → empty. Stepping
off early leads to `left`: the set waits for the person to come back, and is discarded otherwise.
"""

from collections.abc import Callable

from rig.analysis.events import Event
from rig.drills import Drill
from rig.handover.refusals import refused
from rig.names import COUNTED_KINDS
from rig.session.flow_states import FlowName, SetDropped, SetEnds, SetStarts, Transition


class Flow:
    """Takes the analysis' events and the commands about sets, in order of time."""

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self.name: FlowName = "empty"
        self.since_ns = 0
        self.until_ns: int | None = None  # when time alone leads on
        self.present = False
        self.dowel = False
        self.set_open = False
        self._weighed = False
        self._counted = 0  # repetitions of the open set
        self._rested = False  # a set was done since stepping on
        self._held = False  # stopped by command: the dowel has to come back before the next set
        self._dowel_off_ns: int | None = None
        self._left_ns = 0

    def take(self, event: Event) -> list[Transition]:
        """What this event leads to, and what time has led to before it."""
        transitions = self.advance(event.t_ns)
        steps: dict[str, Callable[[Event], list[Transition]]] = {
            "person_on": self._stepped_on,
            "person_off": self._stepped_off,
            "weighed": self._was_weighed,
            "dowel_on": self._dowel_taken,
            "dowel_off": self._dowel_put_down,
            "phase": self._moved,
            "rep": self._did_rep,
        }
        step = steps.get(event.name)
        return transitions + step(event) if step else transitions

    def advance(self, t_ns: int) -> list[Transition]:
        """What the passing of time leads to."""
        transitions: list[Transition] = []
        while self.until_ns is not None and t_ns >= self.until_ns:
            transitions += self._time_is_up(self.until_ns)
        down_ns = self._dowel_off_ns
        if self.name == "set" and down_ns is not None and self._down_too_long(t_ns - down_ns):
            transitions += self._end(down_ns, "dowel_down")
            self._go("rest", down_ns)
        return transitions

    def start_set(self, t_ns: int) -> list[Transition]:
        """Start one without waiting for the dowel. `CommandRefused` where that makes no sense."""
        if not self.present:
            raise refused("nobody_there")
        if not self._weighed:
            raise refused("not_weighed")
        if self.name == "set":
            raise refused("set_running")
        return self._begin(t_ns)

    def stop_set(self, t_ns: int, reason: str) -> list[Transition]:
        """End the open set. `CommandRefused` if there is none."""
        if not self.set_open:
            raise refused("no_set_running")
        left = self.name == "left"
        self._held = self.dowel and not left
        transitions = self._end(self._left_ns if left else t_ns, reason)
        if left:
            self._go("summary", t_ns, self._drill.summary_s)
        else:
            self._go("rest" if self._weighed else "stand_still", t_ns)
        return transitions

    def finish(self, t_ns: int, reason: str) -> list[Transition]:
        """End what is open, because the session ends."""
        return self._give_up(t_ns) if self.name == "left" else self._end(t_ns, reason)

    def _go(self, name: FlowName, t_ns: int, for_s: float | None = None) -> None:
        self.name, self.since_ns = name, t_ns
        self.until_ns = None if for_s is None else t_ns + round(for_s * 1e9)

    def _down_too_long(self, down_ns: int) -> bool:
        return down_ns > self._drill.dowel_down_s * 1e9

    def _time_is_up(self, t_ns: int) -> list[Transition]:
        self.until_ns = None
        match self.name:
            case "weighed":
                self._wait_for_dowel(t_ns)
            case "count_in":
                return self._begin(t_ns)
            case "left":
                return self._give_up(t_ns)
            case "summary":
                self._go("empty", t_ns)
        return []

    def _stepped_on(self, event: Event) -> list[Transition]:
        self.present = True
        self._go("stand_still", event.t_ns)
        return []

    def _stepped_off(self, event: Event) -> list[Transition]:
        t_ns, early = event.t_ns, self.set_open and self._counted < self._drill.least_reps
        transitions = [] if early else self._end(t_ns, "stepped_off")
        if early:
            self._left_ns = t_ns
            self._go("left", t_ns, self._drill.undo_s)
        elif self._rested:
            self._go("summary", t_ns, self._drill.summary_s)
        else:
            self._go("empty", t_ns)
        self.present = self._weighed = self._rested = self._held = False
        return transitions

    def _was_weighed(self, event: Event) -> list[Transition]:
        self._weighed = True
        if self.name == "stand_still":
            self._go("weighed", event.t_ns, self._drill.weighed_s)
        return []

    def _dowel_taken(self, event: Event) -> list[Transition]:
        self.dowel, self._dowel_off_ns = True, None
        if self.name in ("take_dowel", "rest"):
            self._wait_for_dowel(event.t_ns)
        return []

    def _dowel_put_down(self, event: Event) -> list[Transition]:
        self.dowel = self._held = False
        if self.name == "set":
            self._dowel_off_ns = event.t_ns
        elif self.name == "count_in":
            self._wait_for_dowel(event.t_ns)
        return []

    def _moved(self, event: Event) -> list[Transition]:
        """Nobody has to wait for the end of the count-in."""
        started = self.name == "count_in" and event.values.get("phase") != "standing"
        return self._begin(event.t_ns) if started else []

    def _did_rep(self, event: Event) -> list[Transition]:
        transitions = self._begin(event.t_ns) if self.name == "count_in" else []
        self._counted += event.values["rep"].kind in COUNTED_KINDS
        return transitions

    def _wait_for_dowel(self, t_ns: int) -> None:
        if self.dowel and not self._held:
            self._go("count_in", t_ns, self._drill.count_in_s)
        else:
            self._go("rest" if self._rested else "take_dowel", t_ns)

    def _begin(self, t_ns: int) -> list[Transition]:
        self._go("set", t_ns)
        self._held, self._dowel_off_ns = False, None
        if self.set_open:  # goes on after stepping off and on again
            return []
        self.set_open, self._counted = True, 0
        return [SetStarts(t_ns)]

    def _end(self, t_ns: int, reason: str) -> list[Transition]:
        if not self.set_open:
            return []
        self.set_open, self._rested, self._dowel_off_ns = False, True, None
        return [SetEnds(t_ns, reason)]

    def _give_up(self, t_ns: int) -> list[Transition]:
        transitions = [*self._end(self._left_ns, "stepped_off"), SetDropped()]
        self._rested = False
        self._go("empty", t_ns)
        return transitions
