"""The real recorder behind sampler or frames, in one process, in virtual time."""

import csv
import io
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from drivers.sim.clock import VirtualClock
from rig.analysis.balance import Balance
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.config import Config
from rig.export import reps_csv
from rig.frames import LIVE, Block
from rig.handover.commands import Command
from rig.handover.event_ring import EventReader
from rig.handover.frame_ring import FrameWriter
from rig.handover.message import plain
from rig.handover.run_dir import RunDir
from rig.recorder.recorder import Recorder
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.performance import Performance, perform
from rig.simulation.trainee.rig_truth import RigTruth, tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.records import SessionDetail
from tests.support.messages import as_read
from tests.support.virtual_rig import sim_config

_PIECE = 100
Commands = Mapping[int, list[tuple[str, dict[str, Any]]]]
NO_COMMANDS: Commands = {}
START_UTC = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class RecorderClock:
    """Virtual time with a date."""

    clock: VirtualClock

    def now_ns(self) -> int:
        return self.clock.now_ns()

    def now_utc(self) -> datetime:
        return START_UTC + timedelta(microseconds=self.clock.now_ns() / 1000)

    def is_set(self) -> bool:
        return True


class RecordedRig:
    """A recorder that is stepped by hand, and what it said and stored."""

    def __init__(self, config: Config, run_dir: RunDir, clock: VirtualClock, database: Database):
        self.config = config
        self._database = database
        self.recorder = Recorder(config, run_dir, database, RecorderClock(clock))
        self._events = EventReader(run_dir.events, "oldest")
        self.events: list[dict[str, Any]] = []

    def catch_up(self) -> None:
        """Let the recorder do all that there is to do."""
        while self.recorder.step():
            self.recorder.store.work()
        self.recorder.store.work()
        self.events += [as_read(event) for _, event in self._events.read_events(10**6).events]

    def command(self, verb: str, args: Mapping[str, Any], command_id: str = "") -> dict[str, Any]:
        """Send a command and return its reply."""
        command = Command(command_id=command_id or str(uuid.uuid4()), verb=verb, args=dict(args))
        reply = self.recorder.inbox.put(command)
        self.catch_up()
        answer: dict[str, Any] = plain(reply.result(0))
        return answer

    def told(self, kind: str) -> list[dict[str, Any]]:
        """The events of one type so far."""
        return [event for event in self.events if event["type"] == kind]

    def reps_csv(self) -> list[dict[str, str]]:
        """All repetitions as the exported CSV has them."""
        data = b"".join(reps_csv(History(self._database).reps(None)))
        return list(csv.DictReader(io.StringIO(data.decode(), newline="")))

    def sessions(self) -> list[SessionDetail]:
        """All that is stored about each session, oldest first."""
        history = History(self._database)
        found = [history.session(one) for one in history.session_ids()]
        return [one for one in found if one]

    def session_ids(self) -> list[str]:
        return [one.id for one in History(self._database).sessions(1000)]


@contextmanager
def recorded_rig(config: Config, run_dir: RunDir, clock: VirtualClock) -> Iterator[RecordedRig]:
    """A recorder on this run directory and this clock."""
    with closing(Database.open_writer(config.state_dir)) as database:
        rig = RecordedRig(config, run_dir, clock, database)
        try:
            yield rig
        finally:
            rig.recorder.close()


class FrameFeed:
    """Writes frames into the ring with their signals, as the sampler would."""

    def __init__(self, path: Path, calibration: Calibration) -> None:
        self._ring = FrameWriter(path)
        self._balance = Balance(calibration, AnalysisSettings())

    @property
    def head(self) -> int:
        return self._ring.head

    def write(self, frames: Block) -> None:
        rows = np.empty(len(frames), LIVE)
        rows["frame"] = frames
        rows["signals"] = self._balance.feed(frames)
        self._ring.append(rows)


@contextmanager
def steady_session(
    tmp_path: Path, runs: int = 1, seed: int = 3, commands: Commands = NO_COMMANDS
) -> Iterator[RecordedRig]:
    """A recorder that has taken `runs` runs through the steady scenario, as fast as it follows.

    In the first run it is given commands, each after so many seconds.
    """
    performance, truth = perform(find_script("steady"), seed), true_rig(seed)
    clock = VirtualClock()
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    feed = FrameFeed(run_dir.frames, tared_calibration(seed))
    with recorded_rig(sim_config(tmp_path), run_dir, clock) as recorded:
        for run in range(runs):
            given = NO_COMMANDS if run else commands
            feed_run(recorded, feed, clock, performance, truth, run, given)
        yield recorded


def feed_run(
    recorded: RecordedRig,
    feed: FrameFeed,
    clock: VirtualClock,
    performance: Performance,
    truth: RigTruth,
    seed: int,
    commands: Commands = NO_COMMANDS,
) -> None:
    """One run through a performance, a second at a time, with commands after some of them."""
    frames = frames_of(performance, truth, seed, first_seq=feed.head, start_ns=clock.now_ns())
    for start in range(0, len(frames), _PIECE):
        piece = frames[start : start + _PIECE]
        clock.sleep_until(int(piece["t_ns"][-1]))
        feed.write(piece)
        recorded.catch_up()
        for verb, args in commands.get(start // _PIECE + 1, ()):
            reply = recorded.command(verb, args)
            assert reply["ok"], reply
