"""A recording instead of chips: everything downstream works as with a person on the rig.

Frames get new numbers and new times, ten milliseconds apart where they were. At more than real time
they lie in the future, because repetitions must keep their length. Commands are sent to the
recorder between the same frames as then.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np

from drivers.clock import Clock
from rig.calibration import Calibration
from rig.channels import groups
from rig.config.schema import ReplaySection
from rig.errors import RingError, StorageError
from rig.frames import TICK_NS, Block, Flag
from rig.handover.frame_ring import SLOTS, FrameReader, FrameWriter
from rig.handover.page import PageWriter
from rig.handover.run_dir import RunDir
from rig.handover.status_page import ChannelStatus, StatusPage
from rig.names import CHANNELS
from rig.recording.reader import RecordedCommand
from rig.replay.recorder_progress import RecorderProgress
from rig.sampler.control import ControlFollower
from rig.sampler.rows import RowMaker
from rig.sampler.status import PERIOD_NS
from rig.system.heartbeat import Heartbeat

_MOST_WAITING: Final = SLOTS // 2  # the ring never waits, so the source does
_FEW_WAITING: Final = 500  # then a command is answered soon
_LOOK_NS: Final = 20_000_000
_AT_ONCE: Final = 100

_TIMES: Final = ("t_ns", *(f"{group.kind.name}_t_ns" for group in groups()))

OpenFile = Callable[[Calibration], Iterator[Block | RecordedCommand]]
Send = Callable[[str, Mapping[str, Any], str], object]
"""Sends verb, arguments and id of a command; `StorageError` where nobody answers."""


class Replayer:
    """Writes frames into the ring as fast as `settings.speed` and the recorder allow.

    `open_file` is given the calibration in force, for a file that has newtons. `send` has to return
    when a command is done. A restarted replay goes on behind the last frame that is in the ring.
    """

    def __init__(
        self,
        open_file: OpenFile,
        send: Send,
        settings: ReplaySection,
        run_dir: RunDir,
        clock: Clock,
        heartbeat: Heartbeat | None = None,
    ) -> None:
        self._heartbeat = heartbeat or Heartbeat()
        self._open, self._send = open_file, send
        self._settings, self._clock = settings, clock
        self._calibration: Calibration | None = None
        self._begin_ns = _end_ns(run_dir)
        self._ring = FrameWriter(run_dir.frames)
        self._status = PageWriter(run_dir.status)
        self._control = ControlFollower(run_dir.control)
        self._rows = RowMaker()
        self._recorder = RecorderProgress(run_dir)
        self._delivered = np.zeros(len(CHANNELS), np.int64)
        self._there = np.zeros(len(CHANNELS), np.bool_)
        self._to_skip = self._ring.head
        self._commands = 0
        self._shift_ns: int | None = None  # from the file's time to the ring's
        self._start_ns = self._next_status_ns = 0
        self._stopped = False

    def stop(self) -> None:
        """End `run` soon; may be called from a signal handler."""
        self._stopped = True

    def run(self) -> None:
        """Play until the file ends and everything of it is recorded, or until `stop`."""
        self._wait_until(self._ready)
        if self._calibration is None:
            return
        for item in self._open(self._calibration):
            if isinstance(item, RecordedCommand):
                self._repeat(item)
            else:
                self._play_all(item)
            if self._stopped:
                return
        self._wait_until(lambda: self._recorder.next_seq >= self._ring.head)
        if self._settings.at_end == "stay":
            self._wait_until(lambda: False)

    def close(self) -> None:
        """Let go of the files."""
        self._ring.close()
        self._status.close()

    def _ready(self) -> bool:
        """The recorder is there, and its calibration is known."""
        self._follow()
        return self._calibration is not None and self._recorder.there

    def _follow(self) -> None:
        control = self._control.changed()
        if control is not None:
            self._calibration = control.calibration
            self._rows.follow(control)

    def _repeat(self, recorded: RecordedCommand) -> None:
        """Have a command carried out behind the frames so far, and before those that follow."""
        self._commands += 1
        if self._to_skip:
            return  # a replay before this one has come further
        self._wait_until(lambda: self._ring.head - self._recorder.next_seq < _FEW_WAITING)
        command, command_id = recorded.command, f"replay-{self._commands}"
        while not self._stopped:
            try:
                self._send(command["verb"], command["args"], command_id)
                return
            except StorageError:  # the recorder is being started again
                self._pause()

    def _play_all(self, block: Block) -> None:
        for piece in self._pieces(block):
            self._wait_until(lambda: self._ring.head - self._recorder.next_seq < _MOST_WAITING)
            if self._stopped:
                return
            self._play(piece)

    def _pieces(self, block: Block) -> Iterator[Block]:
        """What is not in the ring yet, in pieces of about ten milliseconds as they are played."""
        speed = self._settings.speed
        size = min(max(round(speed), 1), _AT_ONCE) if speed else _AT_ONCE
        for at in range(0, len(block), size):
            piece = block[at : at + size]
            fresh = piece[self._to_skip :].copy()
            self._to_skip -= len(piece) - len(fresh)
            if len(fresh):
                yield fresh

    def _play(self, piece: Block) -> None:
        if self._shift_ns is None:
            self._shift_ns = self._start(int(piece["t_ns"][0]))
        for name in _TIMES:
            piece[name] += self._shift_ns
        if self._settings.speed:
            since_ns = int(piece["t_ns"][-1]) - self._begin_ns
            self._clock.sleep_until(self._start_ns + round(since_ns / self._settings.speed))
        piece["seq"] = self._ring.head + np.arange(len(piece))
        self._follow()
        self._ring.append(self._rows.rows(piece))
        self._delivered += (piece["flags"] == 0).sum(axis=0)
        self._there |= (piece["flags"] & Flag.ABSENT == 0).any(axis=0)
        self._tell()

    def _start(self, file_t_ns: int) -> int:
        """The first frame comes now, or where the ring ends; how much later than in the file."""
        self._start_ns = self._clock.now_ns()
        self._begin_ns = self._begin_ns or self._start_ns
        return self._begin_ns - file_t_ns

    def _wait_until(self, ready: Callable[[], bool]) -> None:
        while not self._stopped and not ready():
            self._pause()

    def _pause(self) -> None:
        self._tell()
        self._clock.sleep_until(self._clock.now_ns() + _LOOK_NS)

    def _tell(self) -> None:
        now_ns = self._clock.now_ns()
        self._heartbeat.beat(now_ns)
        if now_ns < self._next_status_ns:
            return
        self._next_status_ns = now_ns + PERIOD_NS
        channels = zip(CHANNELS, self._delivered.tolist(), self._there.tolist(), strict=True)
        delivered = {name: n for name, n, there in channels if there}
        self._status.write(
            StatusPage(
                pid=os.getpid(),
                platform="replay",
                state="running",
                t_ns=now_ns,
                epoch=self._ring.epoch,
                frames=self._ring.head,
                cal=self._rows.cal,
                counters={name: ChannelStatus(delivered=n) for name, n in delivered.items()},
                warnings=[self._control.problem] if self._control.problem else [],
            )
        )


def _end_ns(run_dir: RunDir) -> int:
    """The time after the last frame in a ring that another sampler left; 0 without one."""
    try:
        ring = FrameReader(run_dir.frames)
    except RingError:
        return 0
    ring.next_seq = max(ring.oldest, ring.head - 1)
    rows = ring.read_live(1).rows
    ring.close()
    return int(rows["frame"]["t_ns"][-1]) + TICK_NS if len(rows) else 0
