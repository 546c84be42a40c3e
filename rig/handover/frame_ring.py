"""The frame ring: the sampler's frames and signals for the recorder and the live view."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np

from rig.frames import LIVE, LiveBlock
from rig.handover.ring import Missed, RingReader, RingWriter

SLOTS: Final = 65_536  # 10.9 minutes at 100 Hz


class FrameWriter:
    """Appends LIVE rows; `seq` of a row must be `head`."""

    def __init__(self, path: Path, slots: int = SLOTS) -> None:
        self._ring = RingWriter(path, payload_bytes=LIVE.itemsize, slot_count=slots)

    @property
    def head(self) -> int:
        """The sequence number that the next frame must carry."""
        return self._ring.head

    @property
    def epoch(self) -> int:
        """A number that changes each time a sampler starts."""
        return self._ring.epoch

    def append(self, rows: LiveBlock) -> None:
        """Append every row of a LIVE array in order."""
        for row in rows:
            self._ring.append(row.tobytes())

    def close(self) -> None:
        """Let go of the file."""
        self._ring.close()


@dataclass(frozen=True)
class LiveBatch:
    """Rows of LIVE in order, and the sequence numbers that were missed before or between them."""

    rows: LiveBlock
    missed: list[Missed]


class FrameReader(RingReader):
    """Reads LIVE rows."""

    def __init__(self, path: Path, start: Literal["head", "oldest"] | int = "head") -> None:
        super().__init__(path, start)

    def read_live(self, most: int = 1024) -> LiveBatch:
        """Up to `most` rows from this reader's place on, without waiting."""
        batch = self.read(most)
        return LiveBatch(np.frombuffer(b"".join(batch.payloads), dtype=LIVE), batch.missed)
