"""When sessions open and close, and what happens on the platform between them."""

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Literal

import numpy as np

from rig.config import Config
from rig.context import Context
from rig.drills import find_drill
from rig.errors import StorageError
from rig.frames import Block
from rig.handover.refusals import refused
from rig.recorder.announcer import Announcer, StatePublisher
from rig.recorder.clocks import Clocks, anchor_now, boot_id
from rig.recorder.control import ControlDesk
from rig.recorder.durable.store import SessionStore
from rig.recorder.empty_platform.recent_frames import RecentFrames
from rig.recorder.empty_platform.watch import AutoTare, Doorkeeper
from rig.recorder.empty_platform.zeros import (
    COMMAND_WINDOW_S,
    WINDOW_S,
    Floats,
    forces_at,
    quiet_zeros,
)
from rig.recorder.open_session import INTERRUPTED, OpenSession
from rig.recording.info import RecordingInfo
from rig.session.settings import analysis_settings
from rig.session.tracker import MakePipeline, SessionTracker
from rig.storage.models import Person


@dataclass(frozen=True)
class Parts:
    """What every session needs."""

    config: Config
    clock: Clocks
    store: SessionStore
    announcer: Announcer
    publisher: StatePublisher
    make_pipeline: MakePipeline
    buzz: Callable[[str], None]
    with_usual_depth: Callable[[Context], Context]

    def open_session(self, info: RecordingInfo) -> OpenSession:
        """A session that has not begun yet."""
        usual = info.context.usual_drop_m, info.context.usual_deg
        settings = analysis_settings(info.configuration)
        pipeline = self.make_pipeline(info.calibration, settings, *usual)
        tracker = SessionTracker(pipeline, info.context, settings)
        return OpenSession(info, tracker, self.store, self.announcer, self.publisher, self.buzz)


class Sessions:
    """Takes every frame: into the open session, or into the watch on an empty platform."""

    def __init__(
        self, parts: Parts, desk: ControlDesk, context: Context, person_name: str | None
    ) -> None:
        self._parts, self._desk = parts, desk
        self._configuration = asdict(parts.config)
        self._settings = analysis_settings(self._configuration)
        self.context = context
        self.person_name = person_name  # None: a guest
        self.current: OpenSession | None = None
        self._close_after_s = parts.config.session.close_after_empty_s
        self._preroll_ns = round(parts.config.session.preroll_s * 1e9)
        self._recent = RecentFrames(max(WINDOW_S, parts.config.session.preroll_s))
        self._auto_tare = AutoTare()
        self._free_seq = 0  # frames before it belong to a session already
        self._ring_id = 0
        self._tare_problem = ""
        self._watch()

    @property
    def chosen(self) -> Context:
        """What holds for the next set: of the open session, if there is one."""
        return self.current.tracker.context if self.current else self.context

    @property
    def problems(self) -> list[str]:
        """What keeps sessions or tares from being as they should."""
        found = [self._tare_problem] if self._tare_problem else []
        if not self._desk.stored.zeros_known:
            found.append("the zero is not known yet: leave the platform empty for three seconds")
        return found

    def new_ring(
        self, ring_id: int, oldest_seq: int, unfinished: list[OpenSession], stored_until: int | None
    ) -> Literal["oldest"] | int:
        """Where to begin in a ring; goes on with the latest unfinished session if it can."""
        if self.current:
            self.close(INTERRUPTED)
        self._ring_id = ring_id
        for session in unfinished:
            session_here = session.info.ring_id == ring_id and session.next_seq >= oldest_seq
            if session is unfinished[-1] and session_here:
                self.current = session
                session.go_on()
                return session.next_seq
            session.end(INTERRUPTED)
        return "oldest" if stored_until is None else stored_until

    def take(self, block: Block) -> None:
        """Take the next frames (at least one)."""
        breaks = np.flatnonzero(np.diff(block["t_ns"]) > self._close_after_s * 1e9) + 1
        for unbroken in np.split(block, breaks):
            self._take(unbroken)

    def _take(self, block: Block) -> None:
        self._recent.add(block)
        if self.current and _gap_s(self.current, block) > self._close_after_s:
            self.close(INTERRUPTED)
        if self.current is None:
            self._look_for_someone(block)
            return
        self.current.follow(block)
        if self.person_name is None and self.current.tracker.somebody_else:
            self.close("another_guest")  # the next frames open a session for the new one
        elif self.current.tracker.empty_for_s >= self._close_after_s:
            self.close("empty")

    def close(self, reason: str) -> None:
        """End the open session, if there is one."""
        if self.current is None:
            return
        self.current.end(reason)
        self.context = self.current.tracker.context
        self._free_seq = self.current.next_seq
        self.current = None
        self._watch()
        self.show()

    def change_person(self, person: Person) -> None:
        """The next session is somebody else's."""
        self.close("next_person")
        self.context = self.context.for_somebody_else(person.code)
        self.person_name = person.name
        self.show()

    def tare(self) -> None:
        """Take the zeros now. `CommandRefused` says why not."""
        if self.current and self.current.tracker.flow.present:
            raise refused("someone_there")
        stored = self._desk.stored
        frames = self._recent.last(COMMAND_WINDOW_S)
        zeros = quiet_zeros(frames, COMMAND_WINDOW_S, stored.calibration)
        weight_n = float(forces_at(zeros, stored.calibration).sum())
        if stored.zeros_known and weight_n >= self._settings.presence.on_n:
            raise refused("load_there", weight_n=round(weight_n))
        self.close("tare")
        self._put_in_force(lambda: self._desk.tare(zeros))

    def import_calibration(self, document: object) -> None:
        """Put a calibration in force. `CommandRefused` says why not."""
        if self.current:
            raise refused("session_open")
        self._put_in_force(lambda: self._desk.import_calibration(document))

    def show(self) -> None:
        """Bring the state up to date while no session is open."""
        self._parts.publisher.update(
            self._parts.clock.now_ns(),
            flow="empty",
            phase="standing",
            phase_since_s=None,
            dowel=False,
            body_weight_n=None,
            weighing_failed=None,
            cue=None,
            flow_since_s=None,
            flow_until_s=None,
            band_mm=None,
            person_id=self.context.person_id,
            person_name=self.person_name,
            drill=self.context.drill,
            load_kg=self.context.load_kg,
            heel_block_mm=self.context.heel_block_mm,
            silent=self.context.silent,
            tempo_s=list(find_drill(self.context.drill).tempo_s),
            target_deg=find_drill(self.context.drill).target_deg,
            plates_mm=[(cell.ml_mm, cell.ap_mm) for cell in self._desk.stored.calibration.cells],
            calibrated=self._desk.stored.zeros_known,
            not_seen_s=0,
        )

    def _put_in_force(self, change: Callable[[], None]) -> None:
        change()
        self._watch()
        self.show()

    def _watch(self) -> None:
        self._door = Doorkeeper(self._desk.stored.calibration, self._settings)

    def _look_for_someone(self, block: Block) -> None:
        stored = self._desk.stored
        stepped_on_ns = self._door.stepped_on(block) if stored.zeros_known else None
        if stepped_on_ns is not None:
            self._open(self._recent.since(stepped_on_ns - self._preroll_ns, self._free_seq))
            return
        zeros = self._auto_tare.zeros(self._recent, len(block), stored)
        if zeros is not None:
            self._tare_by_itself(zeros)

    def _tare_by_itself(self, zeros: Floats) -> None:
        self._tare_problem = ""
        try:
            self._put_in_force(lambda: self._desk.tare(zeros))
        except StorageError as error:
            self._tare_problem = f"zeros are not stored: {error}"

    def _open(self, frames: Block) -> None:
        info = RecordingInfo(
            session_id=str(uuid.uuid4()),
            rig_id=self._parts.config.rig.id,
            ring_id=self._ring_id,
            boot_id=boot_id(),
            anchor=anchor_now(self._parts.clock),
            calibration=self._desk.stored.calibration,
            context=self._with_usual_depth(),
            configuration=self._configuration,
        )
        self.current = self._parts.open_session(info)
        self.current.begin(frames)

    def _with_usual_depth(self) -> Context:
        try:
            return self._parts.with_usual_depth(self.context)
        except StorageError:  # a session is worth more than its scale
            return replace(self.context, usual_drop_m=0.0, usual_deg=0.0)


def _gap_s(session: OpenSession, block: Block) -> float:
    """Time from a session's last frame to the first of a block."""
    return (int(block["t_ns"][0]) - session.last_t_ns) * 1e-9
