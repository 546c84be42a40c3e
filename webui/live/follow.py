"""Following rings whose files may not be there yet, and whose writers may come and go."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, TypeVar

from rig.errors import RingError
from rig.handover.event_ring import AnyTold, EventReader
from rig.handover.frame_ring import FrameReader, LiveBatch
from rig.handover.ring import RingReader

_LOOK_S: Final = 0.2  # how often a missing or silent ring's name is looked at
_MOST_FRAMES: Final = 200
_R = TypeVar("_R", bound=RingReader)


class Follower(Generic[_R]):
    """Holds a reader of the ring that has the name now; `reader` is None while there is none."""

    def __init__(self, open_reader: Callable[[], _R]) -> None:
        self._open = open_reader
        self._look_at = 0.0
        self.reader: _R | None = None
        self.epoch: int | None = None

    def follow(self) -> _R | None:
        """The reader to read from, opened anew where the file was replaced."""
        if self.reader is not None and self.reader.head > self.reader.next_seq:
            return self.reader
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + _LOOK_S
            self._look()
        return self.reader

    @property
    def writer_alive(self) -> bool:
        """Whether the writer's process is there, as far as that is known."""
        return self.reader is None or self.reader.writer_alive

    def new_epoch(self) -> bool:
        """True once after each start of the ring's writer."""
        epoch = self.reader.epoch if self.reader else self.epoch
        changed, self.epoch = epoch != self.epoch, epoch
        return changed

    def _look(self) -> None:
        if self.reader is not None and self.reader.replaced():
            self.close()
        if self.reader is None:
            try:
                self.reader = self._open()
            except (RingError, OSError):
                self.reader = None

    def close(self) -> None:
        """Let go of the ring."""
        if self.reader is not None:
            self.reader.close()
            self.reader = None


class FrameFollower(Follower[FrameReader]):
    """Follows the frame ring; begins `history` frames before its head."""

    def __init__(self, path: Path, history: int) -> None:
        super().__init__(lambda: _open_frames(path, history))

    def take(self, at_least: int) -> LiveBatch | None:
        """The next frames once there are `at_least` of them, else None."""
        reader = self.follow()
        if reader is None or reader.head - reader.next_seq < at_least:
            return None
        batch = reader.read_live(_MOST_FRAMES)
        return batch if len(batch.rows) or batch.missed else None


class EventFollower(Follower[EventReader]):
    """Follows the event ring from its head on."""

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: EventReader(path))

    def take(self) -> tuple[list[AnyTold], list[str]]:
        """The next events, and what of them was not understood."""
        reader = self.follow()
        if reader is None:
            return [], []
        batch = reader.read_events()
        return [event for _, event in batch.events], batch.problems


def _open_frames(path: Path, history: int) -> FrameReader:
    reader = FrameReader(path)
    reader.next_seq = max(reader.oldest, reader.head - history)
    return reader
