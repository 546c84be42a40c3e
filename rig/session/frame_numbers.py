"""Frames that were sampled and never recorded, by the gaps in their numbers."""

import numpy as np

from rig.analysis.events import Event
from rig.frames import Block


class FrameNumbers:
    """Follows the numbers of a session's frames."""

    def __init__(self) -> None:
        self._first_t_ns: int | None = None
        self._last_seq = 0

    def missed(self, block: Block) -> list[Event]:
        """An event for each gap before or in these frames (at least one)."""
        seq, t_ns = block["seq"].astype(np.int64), block["t_ns"]
        if self._first_t_ns is None:
            self._first_t_ns, self._last_seq = int(t_ns[0]), int(seq[0]) - 1
        missing = np.diff(seq, prepend=self._last_seq) - 1
        self._last_seq = int(seq[-1])
        return [
            Event(
                int(t_ns[row]) - self._first_t_ns,
                "frames_missed",
                {"count": int(missing[row]), "next_seq": int(seq[row])},
            )
            for row in np.flatnonzero(missing > 0)
        ]
