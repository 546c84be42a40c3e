"""Makes a session durable, and only then announces what it led to.

Runs in a thread of its own, because a medium may take its time. `submit` never waits.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from rig.errors import DamagedError, RigError, StorageError
from rig.recorder.clocks import Clocks
from rig.recorder.durable.announcements import Announcements
from rig.recorder.durable.jobs import Begin, ClockSet, Commanded, End, Frames, GoOn, Job, Keep
from rig.recorder.durable.rows import apply_change, begin_session, date_anew, end_session
from rig.recording.dating import add_anchor
from rig.recording.info import ClockAnchor, RecordingInfo
from rig.recording.writer import RecordingWriter
from rig.storage.database import Database

SYNC_NS: Final = 250_000_000


class SessionStore:
    """Takes jobs from one thread and does them in another, in order.

    `problems` names what the disk refuses at present: raw recording then stops for the session,
    everything else is tried again until it succeeds. It also stops, in good order, when `no_room`
    gives a reason.
    """

    def __init__(
        self,
        database: Database,
        directory: Path,
        announcements: Announcements,
        clock: Clocks,
        no_room: Callable[[], str] = str,
    ) -> None:
        self._database, self._directory, self._no_room = database, directory, no_room
        self._announcements, self._clock = announcements, clock
        self._jobs: deque[Job] = deque()
        self._undone: list[Job] = []  # recorded, not yet committed
        self._info: RecordingInfo | None = None
        self._recording: RecordingWriter | None = None
        self._synced_ns = 0
        self._recording_problem = ""
        self._database_problem = ""
        self.wake = threading.Event()

    @property
    def problems(self) -> list[str]:
        """One text per thing that is wrong."""
        return [text for text in (self._recording_problem, self._database_problem) if text]

    def submit(self, job: Job) -> None:
        """Hand a job over."""
        self._jobs.append(job)
        if not isinstance(job, Frames):
            self.wake.set()

    def work(self) -> None:
        """Do what has been handed over: record, sync, commit, announce."""
        self.wake.clear()
        while self._jobs:
            job = self._jobs.popleft()
            self._record(job)
            if isinstance(job, End) and self._recording_problem:
                job = replace(job, torn=True)
            if not isinstance(job, Frames | Commanded):
                self._undone.append(job)
        if self._undone or self._clock.now_ns() - self._synced_ns >= SYNC_NS:
            self._sync()
        if self._undone:
            self._commit()

    def close(self) -> None:
        """Do what is left and let go of the recording."""
        self.work()
        if self._recording:
            self._sync()
            self._recording.abandon()

    def _record(self, job: Job) -> None:
        try:
            match job:
                case Begin(info) | GoOn(info):
                    self._recording_problem = ""
                    self._info = info
                    self._refuse_without_room()
                    self._recording = RecordingWriter(self._directory, info)
                case Frames(block) if self._recording:
                    self._refuse_without_room()
                    self._recording = self._next_part_if_full(self._recording)
                    self._recording.add_frames(block)
                case Commanded(t_ns, command) if self._recording:
                    self._recording.add_command(t_ns, command)
                case ClockSet(_, anchor) if self._recording:
                    self._recording = self._next_part_if_undated(self._recording, anchor)
                case End() if self._recording:
                    self._recording.close()
                    self._recording = None
        except StorageError as error:
            self._stop_recording(error)

    def _refuse_without_room(self) -> None:
        """Finish the recording and raise `StorageError` while the disk is too full."""
        reason = self._no_room()
        if reason:
            if self._recording:
                self._recording.close()
                self._recording = None
            raise StorageError(reason)

    def _next_part_if_full(self, recording: RecordingWriter) -> RecordingWriter:
        """The same part, or the next one if it is full."""
        if not recording.full or self._info is None:
            return recording
        return self._next_part(recording, self._info)

    def _next_part_if_undated(
        self, recording: RecordingWriter, anchor: ClockAnchor
    ) -> RecordingWriter:
        """The same part, or the next one with the true time if there has been none."""
        if self._info is None or self._info.anchor.is_set:
            return recording
        self._info = replace(self._info, anchor=anchor)
        return self._next_part(recording, self._info)

    def _next_part(self, recording: RecordingWriter, info: RecordingInfo) -> RecordingWriter:
        recording.close()
        return RecordingWriter(self._directory, info)

    def _sync(self) -> None:
        self._synced_ns = self._clock.now_ns()
        try:
            if self._recording:
                self._recording.sync()
        except StorageError as error:
            self._stop_recording(error)

    def _stop_recording(self, error: StorageError) -> None:
        self._recording_problem = f"raw frames of this session are no longer recorded: {error}"
        if self._recording:
            self._recording.abandon()
            self._recording = None

    def _commit(self) -> None:
        """All of it in one transaction, or all of it again at the next time.

        `DamagedError` where there is no next time: the recorder has to begin with a new database.
        """
        try:
            with self._database.session() as db:
                new = [self._apply(db, job) for job in self._undone]
        except DamagedError:
            raise
        except StorageError as error:
            self._database_problem = f"repetitions are not stored yet: {error}"
            return
        self._database_problem = ""
        done, self._undone = self._undone, []
        for job, is_new in zip(done, new, strict=True):
            self._announcements.tell(job, is_new)

    def _apply(self, db: Session, job: Job) -> list[bool]:
        """Put a job into the database; for each of its changes, whether it is new there."""
        match job:
            case Begin():
                begin_session(db, job)
            case Keep(session_id, _, changes):
                return [apply_change(db, session_id, change) for change in changes]
            case End():
                end_session(db, job)
            case ClockSet(_, anchor):
                for session_id in date_anew(db, job):
                    with suppress(RigError):  # lost, removed, or no room: the database knows
                        add_anchor(self._directory, session_id, anchor)
        return []
