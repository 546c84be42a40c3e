"""The last few seconds of frames."""

from collections import deque

import numpy as np

from rig.frames import FRAME, Block


class RecentFrames:
    """Keeps at least the last `seconds` of frames, and little more."""

    def __init__(self, seconds: float) -> None:
        self._span_ns = round(seconds * 1e9)
        self._blocks: deque[Block] = deque()

    def add(self, block: Block) -> None:
        """Take the next frames."""
        if not len(block):
            return
        self._blocks.append(block)
        oldest_ns = int(block["t_ns"][-1]) - self._span_ns
        while int(self._blocks[0]["t_ns"][-1]) < oldest_ns:
            self._blocks.popleft()

    def since(self, t_ns: int, first_seq: int = 0) -> Block:
        """The frames at or after `t_ns` from `first_seq` on, as far as they are kept."""
        frames = np.concatenate([np.zeros(0, FRAME), *self._blocks])
        return frames[(frames["t_ns"] >= t_ns) & (frames["seq"] >= first_seq)]

    def last(self, seconds: float) -> Block:
        """The frames of the last `seconds`."""
        if not self._blocks:
            return np.zeros(0, FRAME)
        return self.since(int(self._blocks[-1]["t_ns"][-1]) - round(seconds * 1e9))
