"""One session: frames and commands in, changes and cues out.

Everything follows from the frames and the commands in their order, never from a clock, so that
the recording of a session gives the same sets and repetitions again.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, Final, Protocol

from rig.analysis.events import Event
from rig.analysis.pipeline import Output
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.context import Context
from rig.drills import find_drill
from rig.frames import Block, Flag
from rig.handover.refusals import refused
from rig.names import CELLS
from rig.session.changes import Change, Happened, Weighed
from rig.session.context_commands import CONTEXT_VERBS, REBASELINE_VERBS, changed_context
from rig.session.flow import Flow
from rig.session.flow_states import FlowName, SetDropped, SetEnds, SetStarts, Transition
from rig.session.frame_numbers import FrameNumbers
from rig.session.guidance import Cue, Guidance
from rig.session.partly import Partly
from rig.session.sets import Sets
from rig.session.unseen import Unseen

SESSION_VERBS: Final = (
    "start_set", "stop_set", "discard_set", "discard_rep", "mark_pain", *CONTEXT_VERBS,
)  # fmt: skip
_SAME_WEIGHT: Final = 0.05  # a larger change between stepping off and on is another person
_NOT_KEPT: Final = ("phase",)  # phases follow from the recording


class Feed(Protocol):
    """What the analysis looks like from here."""

    def feed(self, block: Block) -> Output:
        """Signals and events of the next frames."""

    def rebaseline(self, load_kg: float) -> None:
        """Another load or heel block from here on."""


MakePipeline = Callable[[Calibration, AnalysisSettings, float, float], Feed]
"""From calibration, settings and the person's usual depth (0: not known): the drop in metres, and
the dowel's inclination in degrees."""


@dataclass(frozen=True)
class Step:
    """What some frames or a command led to: events and cues to tell, changes to keep."""

    events: list[Event] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


class SessionTracker:
    """Follows one session from its first frame on. Event times are since that frame."""

    def __init__(
        self, pipeline: Feed, context: Context, settings: AnalysisSettings | None = None
    ) -> None:
        self._pipeline = pipeline
        pipeline.rebaseline(context.load_kg)
        self._sets = Sets()
        self._numbers = FrameNumbers()
        self._events = 0
        self._empty_since_ns: int | None = 0
        self.context = context
        drill = find_drill(context.drill)
        self.flow = Flow(drill)
        settings = settings or AnalysisSettings()
        self.guidance = Guidance(drill, settings)
        self._partly = Partly(settings.presence)
        self.phase = "standing"
        self.phase_since_ns = 0
        self.somebody_else = False  # stepped on with another weight than the one before
        self._just_on = False
        self.body_weight_n: float | None = None
        self.weighing_failed: str | None = None
        self.first_t_ns: int | None = None
        self.last_t_ns = 0
        self.unseen = Unseen()

    @property
    def shown_flow(self) -> FlowName:
        """The flow's state as the screen tells it."""
        stepping = self.flow.name == "stand_still" and not self.guidance.both_feet
        return "step_on" if stepping else self.flow.name

    @property
    def empty_for_s(self) -> float:
        """How long nobody has been on the platform."""
        if self._empty_since_ns is None:
            return 0.0
        return (self.last_t_ns - self._empty_since_ns) * 1e-9

    def feed(self, block: Block) -> Step:
        """Take the session's next frames."""
        step = Step()
        if not len(block):
            return step
        if self.first_t_ns is None:
            self.first_t_ns = int(block["t_ns"][0])
            if _without_pads(block):
                self.flow.dowel = True  # it is taken as in place
                self.unseen.without_pads()
        output = self._pipeline.feed(block)
        times = block["t_ns"] - self.first_t_ns
        stepping = self._partly.join(times, output.signals, output.events)
        happened = [*self._numbers.missed(block), *stepping]
        events = deque(sorted(happened, key=lambda event: event.t_ns))
        for row, t_ns in zip(output.signals, times, strict=True):
            self.last_t_ns = int(t_ns)
            self._follow(row, events, step)
        return step

    def command(self, verb: str, args: Mapping[str, Any]) -> Step:
        """Carry out one of `SESSION_VERBS`. `CommandRefused` says why not."""
        step = Step()
        if verb == "start_set":
            self._follow_up(self.flow.start_set(self.last_t_ns), step)
        elif verb == "stop_set":
            self._follow_up(self.flow.stop_set(self.last_t_ns, "stopped"), step)
        elif verb == "discard_rep":
            step.changes.append(self._sets.discard_rep())
        elif verb == "discard_set":
            self._mark(self._sets.discard, "discarded", step)
        elif verb == "mark_pain":
            self._mark(self._sets.mark_pain, "pain", step)
        else:
            self.context = self.context_after(verb, args)
            if verb in REBASELINE_VERBS:
                self._pipeline.rebaseline(self.context.load_kg)
        return step

    def context_after(self, verb: str, args: Mapping[str, Any]) -> Context:
        """What one of `CONTEXT_VERBS` would make of the context. `CommandRefused` says why not."""
        if self.flow.set_open:
            raise refused("stop_set_first")
        return changed_context(self.context, verb, args)

    def finish(self, reason: str) -> Step:
        """End what is open, because the session ends."""
        step = Step()
        self._follow_up(self.flow.finish(self.last_t_ns, reason), step)
        return step

    def _mark(self, mark: Callable[[], Change], reason: str, step: Step) -> None:
        """Mark the latest set, and end it if it is open."""
        marked = mark()
        step.changes.append(marked)
        if self.flow.set_open:
            self._follow_up(self.flow.stop_set(self.last_t_ns, reason), step)

    def _follow(self, row: Any, events: deque[Event], step: Step) -> None:
        """Take one frame's signals and the events up to it."""
        while events and events[0].t_ns <= self.last_t_ns:
            self._take(events.popleft(), step)
        self._follow_up(self.flow.advance(self.last_t_ns), step)
        self.unseen.feed(self.last_t_ns, int(row["valid"]), in_set=self.flow.name == "set")
        silent = self.context.silent
        cue = self.guidance.feed(self.last_t_ns, row, self.flow.name, silent=silent)
        step.cues.extend([cue] if cue else [])

    def _take(self, event: Event, step: Step) -> None:
        step.events.append(event)
        self._note(event, step)
        self._follow_up(self.flow.take(event), step)
        self.guidance.take(event)
        found = self._sets.add(event.values["rep"]) if event.name == "rep" else None
        if found:
            step.changes.append(found)
        elif event.name not in _NOT_KEPT:
            values = plain_values(event)
            step.changes.append(Happened(self._events, event.t_ns * 1e-9, event.name, values))
            self._events += 1

    def _note(self, event: Event, step: Step) -> None:
        match event.name:
            case "person_on":
                self._empty_since_ns = None
                self._just_on = True
            case "person_off":
                self._empty_since_ns = event.t_ns
                self.phase, self.phase_since_ns = "standing", event.t_ns
            case "phase":
                self.phase, self.phase_since_ns = event.values["phase"], event.t_ns
            case "weighed":
                self._compare(float(event.values["body_weight_n"]))
                self.body_weight_n = float(event.values["body_weight_n"])
                self.weighing_failed = None
                step.changes.append(Weighed(self.body_weight_n))
            case "weighing_failed":
                self.weighing_failed = event.values["reason"]

    def _compare(self, weight_n: float) -> None:
        before_n, self._just_on, was_on = self.body_weight_n, False, self._just_on
        if was_on and before_n is not None and not self.flow.set_open:
            self.somebody_else = abs(weight_n - before_n) > _SAME_WEIGHT * before_n

    def _follow_up(self, transitions: list[Transition], step: Step) -> None:
        for transition in transitions:
            match transition:
                case SetStarts(t_ns):
                    self.unseen.begin()
                    step.changes.append(self._sets.open(t_ns, self.context))
                case SetEnds(t_ns, reason):
                    step.changes.append(self._sets.close(t_ns, reason))
                case SetDropped():
                    step.changes.append(self._sets.drop())


def _without_pads(block: Block) -> bool:
    """Whether the recording that is played never had pads."""
    return bool((block["flags"][0, len(CELLS) :] & Flag.ABSENT).all())


def plain_values(event: Event) -> dict[str, Any]:
    """An event's values as JSON has them."""
    return {
        name: asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        for name, value in event.values.items()
    }
