"""The open session: frames and commands go in, jobs for the store and announcements come out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from rig.frames import Block
from rig.handover.events import CueTold, EventTold
from rig.recorder.announcer import Announcer, StatePublisher
from rig.recorder.durable.jobs import Begin, Commanded, End, Frames, GoOn, Keep
from rig.recorder.durable.store import SessionStore
from rig.recording.info import RecordingInfo
from rig.recording.reader import RecordedCommand, Recording
from rig.session.changes import RepFound, SetClosed
from rig.session.tracker import SessionTracker, Step, plain_values

INTERRUPTED: Final = "interrupted"


class OpenSession:
    """Joins a session's tracker with the store and the event ring."""

    def __init__(
        self,
        info: RecordingInfo,
        tracker: SessionTracker,
        store: SessionStore,
        announcer: Announcer,
        publisher: StatePublisher,
        buzz: Callable[[str], None],
    ) -> None:
        self.info, self.tracker = info, tracker
        self._store, self._announcer, self._publisher = store, announcer, publisher
        self._buzz = buzz
        self.next_seq = 0
        self._torn = False

    @property
    def last_t_ns(self) -> int:
        """The last frame's time, monotonic."""
        return (self.tracker.first_t_ns or 0) + self.tracker.last_t_ns

    def begin(self, block: Block) -> None:
        """Open the session with its first frames."""
        self._store.submit(Begin(self.info, int(block["t_ns"][0]), int(block["seq"][0])))
        self.follow(block)

    def follow(self, block: Block) -> None:
        """Take the next frames."""
        self._store.submit(Frames(block))
        self.next_seq = int(block["seq"][-1]) + 1
        step = self.tracker.feed(block)
        self._tell(step)
        self._keep(step)

    def command(self, verb: str, args: Mapping[str, Any]) -> None:
        """Carry out a command of this session. `CommandRefused` says why not."""
        step = self.tracker.command(verb, args)
        self._store.submit(Commanded(self.last_t_ns, {"verb": verb, "args": dict(args)}))
        self._tell(step)
        self._keep(step)

    def end(self, reason: str) -> None:
        """Close the session after its last frame."""
        self._keep(self.tracker.finish(reason))
        end = End(self.info.session_id, self.last_t_ns, reason, self.next_seq, self._torn)
        self._store.submit(end)

    def recall(self, recording: Recording) -> None:
        """Take in what was recorded before a restart.

        Nothing of it is told as if it happened now; what had not been stored yet is.
        """
        for item in recording.items():
            if isinstance(item, RecordedCommand):
                step = self.tracker.command(item.command["verb"], item.command["args"])
            else:
                step = self.tracker.feed(item)
                self.next_seq = int(item["seq"][-1]) + 1
            self._keep(step)
        self._torn = not recording.whole

    def go_on(self) -> None:
        """Record further, in a part of its own, after `recall`."""
        self._torn = False
        self._store.submit(GoOn(self.info, self.last_t_ns))
        self.show()

    def show(self) -> None:
        """Bring the state up to date."""
        tracker, guidance = self.tracker, self.tracker.guidance
        since_s, until_s = self._flow_times_s()
        self._publisher.update(
            self.last_t_ns,
            flow=tracker.shown_flow,
            flow_since_s=since_s,
            flow_until_s=until_s,
            cue=guidance.cue,
            band_mm=guidance.band,
            phase=tracker.phase,
            phase_since_s=_s((tracker.first_t_ns or 0) + tracker.phase_since_ns),
            dowel=tracker.flow.dowel,
            body_weight_n=tracker.body_weight_n,
            weighing_failed=tracker.weighing_failed,
            drill=tracker.context.drill,
            load_kg=tracker.context.load_kg,
            heel_block_mm=tracker.context.heel_block_mm,
            silent=tracker.context.silent,
            not_seen_s=tracker.unseen.seconds,
        )

    def _flow_times_s(self) -> tuple[float | None, float | None]:
        """Since when the flow is where it is, and when it goes on by itself; clock of the frames.

        Standing still counts from where the load stopped moving; None while it moves.
        """
        flow, first_ns = self.tracker.flow, self.tracker.first_t_ns or 0
        if flow.name == "stand_still":
            ring = self.tracker.guidance.ring
            return (
                (None, None) if ring is None else (_s(first_ns + ring[0]), _s(first_ns + ring[1]))
            )
        until = None if flow.until_ns is None else _s(first_ns + flow.until_ns)
        return _s(first_ns + flow.since_ns), until

    def _tell(self, step: Step) -> None:
        first_ns = self.tracker.first_t_ns or 0
        for event in step.events:
            if event.name != "rep":  # told when it is durable
                t_ns, values = first_ns + event.t_ns, plain_values(event)
                self._announcer.tell(EventTold(t_ns=t_ns, name=event.name, values=values))
        for cue in step.cues:
            self._announcer.tell(CueTold(t_ns=first_ns + cue.t_ns, name=cue.name))
            self._buzz("warning")
        for change in step.changes:
            if isinstance(change, RepFound | SetClosed) and not self.tracker.context.silent:
                self._buzz("tick" if isinstance(change, RepFound) else "done")
        self.show()

    def _keep(self, step: Step) -> None:
        if step.changes:
            self._store.submit(Keep(self.info.session_id, self.last_t_ns, step.changes))


def _s(t_ns: int) -> float:
    return round(t_ns * 1e-9, 3)
