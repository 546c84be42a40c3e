"""A recorder in one process without threads and without real time, fed with frames."""

import uuid
from datetime import UTC, datetime, timedelta

import numpy as np

from rig.analysis.events import Event
from rig.analysis.pipeline import Output, Pipeline
from rig.config import load_config
from rig.frames import LIVE, SIGNALS, TICK_NS
from rig.handover.commands import Command
from rig.handover.event_ring import EventReader
from rig.handover.frame_ring import FrameWriter
from rig.handover.message import decoded, encoded, plain
from rig.handover.run_dir import RunDir
from rig.recorder.recorder import Recorder
from rig.storage.database import Database
from rig.storage.history import History
from tests.support.frames import frames
from tests.support.messages import as_read
from tests.support.pads import pads as held
from tests.support.repetitions import a_rep

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
COUNTS_PER_N = 2190
EMPTY = (1000, 2000, 3000, 4000)  # the true zeros
ON = 200  # the frame in which the person is on: two seconds after the session's first
IN_SET = {
    ON: [("person_on", {})],
    ON + 100: [("weighed", {"body_weight_n": 700.0})],
    ON + 200: [("dowel_on", {})],
}
"""A script that leads into a set."""


def counts(newtons):
    """Counts of the four cells that share a load equally."""
    return [zero + round(COUNTS_PER_N * newtons / 4) for zero in EMPTY]


class FrameClock:
    """Time as it passes frame by frame."""

    def __init__(self):
        self.t_ns = 1_000_000_000_000
        self.off_by, self.set = timedelta(), True

    def now_ns(self):
        return self.t_ns

    def now_utc(self):
        return START + self.off_by + timedelta(microseconds=self.t_ns / 1000)

    def is_set(self):
        return self.set


class Scripted:
    """A pipeline that reports what a script says, at frames counted from the session's first."""

    def __init__(self, script):
        self._script = sorted(script.items())
        self._first_ns = None

    def feed(self, block):
        if self._first_ns is None and len(block):
            self._first_ns = int(block["t_ns"][0])
        events = []
        last_ns = int(block["t_ns"][-1]) - self._first_ns
        while self._script and self._script[0][0] * TICK_NS <= last_ns:
            frame, happenings = self._script.pop(0)
            events += [Event(frame * TICK_NS, name, values) for name, values in happenings]
        return Output(standing_rows(len(block)), events)

    def rebaseline(self, load_kg):
        """Nothing of a script depends on the load."""


def standing_rows(count):
    """Rows of SIGNALS of someone who stands still with the dowel in place."""
    rows = np.zeros(count, SIGNALS)
    rows["fz_n"], rows["heel_share"] = 700.0, 0.55
    rows["pad_n"], rows["contact"], rows["valid"] = held(4.0, head=2.0, mid_back=8.0), True, 0xFF
    return rows


def scripted(script):
    """A maker of `Scripted` pipelines; `script` is {frame: [(name, values), ...]}."""
    return lambda *_: Scripted(script)


def rep_at(frame, index, **changes):
    """A script in which `a_rep` is decided at this frame."""
    return {frame: [("rep", {"rep": a_rep(index, frame / 100 - 3.5, **changes)})]}


class RecorderRig:
    """A frame ring, a recorder on it, and what comes of it."""

    def __init__(self, directory, make_pipeline=Pipeline, **overrides):
        self.state_dir, self.run_dir = directory / "state", RunDir(directory / "run")
        self.run_dir.make()
        settings = {name.replace("__", "."): value for name, value in overrides.items()}
        self.config = load_config(
            environment={}, overrides={"paths.state_dir": str(self.state_dir), **settings}
        )
        self.clock = FrameClock()
        self._make_pipeline = make_pipeline
        self.ring = FrameWriter(self.run_dir.frames, slots=8192)
        self._told = None
        self.start()

    def start(self):
        """Start the recorder, for the first time or again."""
        self.database = Database.open_writer(self.state_dir)
        self.recorder = Recorder(
            self.config, self.run_dir, self.database, self.clock, self._make_pipeline
        )
        if self._told is None:
            self._told = EventReader(self.run_dir.events, "oldest")
        self.running = True
        self.work()

    def kill(self):
        """End it as SIGKILL would: nothing is closed, only what the kernel closes is."""
        self.running = False
        store = self.recorder.store
        if store._recording:
            store._recording.abandon()
        self.database.close()

    def stop(self):
        """End it in good order."""
        self.running = False
        self.recorder.close()
        self.database.close()

    def restart(self):
        """Stop in good order and start again."""
        self.stop()
        self.start()

    def write(self, block):
        """Put frames into the ring and let time pass, without the recorder looking."""
        rows = np.zeros(len(block), LIVE)
        rows["frame"] = block
        self.ring.append(rows)
        self.clock.t_ns = int(block["t_ns"][-1])

    def feed(self, seconds, newtons=0.0, noise=0, **changes):
        """`seconds` of frames with this load, seen by the recorder as they come."""
        for _ in range(round(seconds * 10)):
            self.write(self.frames(0.1, newtons, noise, **changes))
            self.work()

    def frames(self, seconds, newtons=0.0, noise=0, pads=0):
        """The next frames, not yet in the ring."""
        block = frames(
            counts(newtons), pads, rows=round(seconds * 100), first_seq=self.ring.head,
            first_t_ns=self.clock.t_ns + TICK_NS,
        )  # fmt: skip
        random = np.random.default_rng(self.ring.head)
        block["cell_counts"] += random.integers(-noise, noise + 1, block["cell_counts"].shape)
        return block

    def work(self):
        """Let the recorder and its storing side do what there is to do."""
        while self.recorder.step():
            pass
        self.recorder.store.work()

    def command(self, verb, command_id=None, **args):
        """Send a command and return its reply."""
        message = {"command_id": command_id or str(uuid.uuid4()), "verb": verb, "args": args}
        reply = self.recorder.inbox.put(decoded(encoded(message), Command, "test"))
        self.work()
        return plain(reply.result(0))

    def told(self, kind=None):
        """The events since the last time that this was asked, of one type or all."""
        events = []
        while batch := self._told.read_events().events:
            events += [as_read(event) for _, event in batch]
        return [event for event in events if kind in (None, event["type"])]

    def state(self):
        """The latest state that was told."""
        return self.told("state")[-1]

    @property
    def history(self):
        return History(self.database)

    def reps(self, *, discarded=False):
        """(set, repetition, analysis' start) of what is stored."""
        return [
            (rep.set_index, rep.rep_index, rep.start_s)
            for rep in self.history.reps(discarded=discarded)
        ]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.running:
            self.stop()
        self._told.close()
        self.ring.close()
