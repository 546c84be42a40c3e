"""The frames as they come: the ring, found when it is there and found again when it is replaced."""

from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from rig.errors import RingError
from rig.frames import FRAME, Block
from rig.handover.frame_ring import FrameReader
from rig.handover.run_dir import RunDir
from rig.recorder.clocks import Clocks

_AT_ONCE: Final = 10  # so that what is decided at a block's end is at most 100 ms late
_LOOK_NS: Final = 1_000_000_000
_SILENT_NS: Final = 1_000_000_000
_MISSED_SHOWN_NS: Final = 60_000_000_000

StartAt = Callable[[int], Literal["oldest"] | int]


class FrameSource:
    """Reads frames; `start_at(ring_id)` says where to begin in a ring that is new to it."""

    def __init__(self, run_dir: RunDir, clock: Clocks, start_at: StartAt) -> None:
        self._path, self._clock, self._start_at = run_dir.frames, clock, start_at
        self._ring: FrameReader | None = None
        self._looked_ns = -_LOOK_NS
        self._last_ns = clock.now_ns()
        self._missed = (0, 0)  # how many, when

    @property
    def ring_id(self) -> int | None:
        """Which ring the frames come from; None while there is none."""
        return self._ring.ring_id if self._ring else None

    @property
    def lag_frames(self) -> int:
        """How many frames wait to be read."""
        return self._ring.head - self._ring.next_seq if self._ring else 0

    @property
    def next_seq(self) -> int:
        """The number of the next frame to be read."""
        return self._ring.next_seq if self._ring else 0

    @property
    def head(self) -> int:
        """The number that the sampler's next frame gets."""
        return self._ring.head if self._ring else 0

    @property
    def oldest_seq(self) -> int:
        """The oldest frame that the ring still has."""
        return self._ring.oldest if self._ring else 0

    def read(self) -> Block:
        """The next frames (FRAME), none if nothing has come."""
        self._look()
        if self._ring is None:
            return np.zeros(0, FRAME)
        batch = self._ring.read_live(_AT_ONCE)
        now_ns = self._clock.now_ns()
        if len(batch.rows):
            self._last_ns = now_ns
        if batch.missed:
            self._missed = (sum(run.count for run in batch.missed), now_ns)
        block: Block = batch.rows["frame"].copy()
        return block

    @property
    def problems(self) -> list[str]:
        """What is wrong with the frames at present."""
        now_ns = self._clock.now_ns()
        found = []
        silent_ns = now_ns - self._last_ns
        if silent_ns > _SILENT_NS:
            found.append(f"no frames from the sampler for {silent_ns * 1e-9:.0f} s")
        count, when_ns = self._missed
        if count and now_ns - when_ns < _MISSED_SHOWN_NS:
            found.append(f"{count} frames were missed")
        return found

    def close(self) -> None:
        """Let go of the ring."""
        if self._ring:
            self._ring.close()
            self._ring = None

    def _look(self) -> None:
        """Open the ring, once a second at most, and anew if it was replaced and is read out."""
        now_ns = self._clock.now_ns()
        if now_ns - self._looked_ns < _LOOK_NS:
            return
        self._looked_ns = now_ns
        if self._ring and not self.lag_frames and self._ring.replaced():
            self.close()
        if self._ring is None:
            try:
                self._ring = FrameReader(self._path)
            except RingError:
                return
            start = self._start_at(self._ring.ring_id)
            self._ring.next_seq = self._ring.oldest if start == "oldest" else start
