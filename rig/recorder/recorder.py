"""The recorder's core: frames and commands in; sessions, cues and state out.

It is given its clocks and starts no thread, so that the same code runs in a process and, as fast
as it can, in a test.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from rig.analysis.pipeline import Pipeline
from rig.config import Config
from rig.context import Context
from rig.handover.event_ring import EventWriter
from rig.handover.events import HealthTold
from rig.handover.run_dir import RunDir
from rig.quote import shortened
from rig.recorder.announcer import Announcer, StatePublisher
from rig.recorder.choices import Choices
from rig.recorder.clocks import Clocks, boot_id
from rig.recorder.commands.handlers import Commands
from rig.recorder.commands.inbox import Inbox
from rig.recorder.control import ControlDesk
from rig.recorder.durable.announcements import Announcements
from rig.recorder.durable.jobs import ClockSet
from rig.recorder.durable.store import SessionStore
from rig.recorder.guests import Guests
from rig.recorder.housekeeping import Housekeeper
from rig.recorder.open_session import INTERRUPTED, OpenSession
from rig.recorder.restart.recovery import frames_until, recall_unfinished
from rig.recorder.restart.rescan import adopt_recordings
from rig.recorder.sessions import Parts, Sessions
from rig.recorder.source import FrameSource
from rig.recorder.temperature import Thermometer
from rig.recorder.timekeeper import Timekeeper
from rig.recording.writer import recordings_dir
from rig.session.tracker import MakePipeline
from rig.storage.database import Database
from rig.storage.people import People
from rig.storage.usual import usual_deg, usual_drop_m

_SECOND_NS: Final = 1_000_000_000
_LONGEST_PROBLEM: Final = 300  # characters: health has to fit into a slot of the event ring
_MOST_PROBLEMS: Final = 10


class Recorder:
    """`step` takes what has come; `store.work` has to be called beside it, from one thread."""

    def __init__(
        self,
        config: Config,
        run_dir: RunDir,
        database: Database,
        clock: Clocks,
        make_pipeline: MakePipeline = Pipeline,
    ) -> None:
        self._clock, self._database = clock, database
        self.inbox = Inbox()
        self._events = EventWriter(run_dir.events)
        self._announcer = Announcer(self._events)
        self._publisher = StatePublisher(self._announcer)
        directory = recordings_dir(config.state_dir)
        announcements = Announcements(self._announcer, self._publisher)
        self._housekeeper = Housekeeper(config.storage, database, directory, clock)
        self._housekeeper.look()
        self.store = SessionStore(
            database, directory, announcements, clock, self._housekeeper.no_room
        )
        adopt_recordings(database, directory)
        people = People(database)
        self._choices = Choices(database, people, clock)
        self._desk = ControlDesk(config, run_dir, database, self._choices, clock)
        parts = Parts(
            config, clock, self.store, self._announcer, self._publisher, make_pipeline,
            self._desk.buzz, _usual_depth(config, database),
        )  # fmt: skip
        self._unfinished = recall_unfinished(database, directory, parts.open_session)
        context, person = self._choices.restored(_going_on(self._unfinished))
        self._sessions = Sessions(parts, self._desk, context, person.name)
        self._guests = Guests(self._sessions, people, clock, config.session.back_to_guest_after_s)
        self._commands = Commands(
            self._sessions, self._desk, people, self._choices, self.store, self._announcer,
            self._publisher, clock,
        )  # fmt: skip
        self._source = FrameSource(run_dir, clock, self._start_at)
        self._timekeeper = Timekeeper(
            clock, lambda anchor: self.store.submit(ClockSet(boot_id(), anchor))
        )
        self._thermometer = Thermometer(_sensors(config, run_dir))
        self._told_ns = clock.now_ns() - _SECOND_NS
        self._publisher.update(clock.now_ns(), muted=self._desk.muted)
        self._sessions.show()

    def step(self) -> bool:
        """Take the next frames and a command that is due; False if there were none of either."""
        block = self._source.read()
        if len(block):
            self._sessions.take(block)
        request = self.inbox.take(self._source.next_seq, self._source.head)
        if request:
            self._commands.carry_out(request)
        self._tell_each_second()
        return bool(len(block) or request)

    def close(self) -> None:
        """Close what is open, store it, and let go of everything but the database."""
        self._sessions.close("stopped")
        for session in self._unfinished:
            session.end(INTERRUPTED)
        self.store.close()
        self._source.close()
        self._desk.close()
        self._thermometer.close()
        self._events.close()

    def _start_at(self, ring_id: int) -> Literal["oldest"] | int:
        unfinished, self._unfinished = self._unfinished, []
        return self._sessions.new_ring(
            ring_id, self._source.oldest_seq, unfinished, frames_until(self._database, ring_id)
        )

    def _tell_each_second(self) -> None:
        now_ns = self._clock.now_ns()
        if now_ns - self._told_ns < _SECOND_NS:
            return
        self._told_ns = now_ns
        keepers = (self._timekeeper, self._housekeeper)
        for keeper in keepers:
            keeper.look()
        told_by = (self._source, self._desk, self._sessions, self.store, self._choices, *keepers)
        self._guests.look()
        self._choices.look(self._sessions.chosen)
        problems = [
            shortened(text, _LONGEST_PROBLEM) for teller in told_by for text in teller.problems
        ][:_MOST_PROBLEMS]
        self._publisher.repeat(now_ns)
        self._thermometer.look(now_ns, idle=self._sessions.current is None)
        self._announcer.tell(
            HealthTold(
                t_ns=now_ns,
                state="degraded" if problems else "ok",
                lag_frames=self._source.lag_frames,
                next_seq=self._source.next_seq,
                problems=problems,
                temperature_c=self._thermometer.celsius,
            )
        )


def _going_on(unfinished: list[OpenSession]) -> Context | None:
    """What was chosen in the session that is gone on with; none of another boot is."""
    latest = unfinished[-1] if unfinished else None
    return latest.tracker.context if latest and latest.info.boot_id == boot_id() else None


def _usual_depth(config: Config, database: Database) -> Callable[[Context], Context]:
    """The context with what is known of the person; in a replay, with what was known then."""
    played = config.replay
    if config.rig.platform == "replay":
        return lambda context: replace(
            context, usual_drop_m=played.usual_drop_m, usual_deg=played.usual_deg
        )

    def looked_up(context: Context) -> Context:
        whose = context.person_id, context.drill
        return replace(
            context,
            usual_drop_m=usual_drop_m(database, *whose),
            usual_deg=usual_deg(database, *whose),
        )

    return looked_up


def _sensors(config: Config, run_dir: RunDir) -> Path:
    """Where the kernel shows temperature sensors; of the simulated rig, the simulated ones."""
    if config.rig.platform != "sim":
        return Path(config.board.w1_dir)
    return run_dir.sim_sensors
