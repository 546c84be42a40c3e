"""Frames from conversions: one row per tick, every conversion in exactly one row."""

from collections import deque
from collections.abc import Iterable
from typing import Final

import numpy as np

from drivers.conversion import Conversion
from rig.channels import groups
from rig.frames import FRAME, TICK_NS, Block, Flag
from rig.names import CHANNELS

_LONGEST_CATCH_UP: Final = 100
"""Ticks made up for after a stall; a longer one leaves a gap in the frames' times."""

_PLACES: Final = [
    (f"{group.kind.name}_counts", f"{group.kind.name}_t_ns", place)
    for group in groups()
    for place in range(len(group.names))
]
"""Where a channel's counts and their own time stand in a frame, by its number."""


class Assembler:
    """Queues conversions per channel and hands them out tick by tick.

    A frame holds, per channel, the oldest waiting conversion that was read by its tick. Numbers
    of channels are those of `CHANNELS`.
    """

    def __init__(self, start_ns: int) -> None:
        self._waiting: list[deque[Conversion]] = [deque() for _ in CHANNELS]
        self.next_tick_ns = start_ns + TICK_NS
        self.stalls = 0

    def put(self, channel: int, conversion: Conversion) -> None:
        """Take a conversion, good or flagged, in the order of its channel."""
        self._waiting[channel].append(conversion)

    def waiting(self, channels: Iterable[int]) -> bool:
        """Whether one of `channels` has a conversion that no frame has taken yet."""
        return any(self._waiting[channel] for channel in channels)

    def frames(self, now_ns: int, first_seq: int) -> Block:
        """A row (FRAME) for every tick up to `now_ns`, numbered from `first_seq`."""
        due = max(0, (now_ns - self.next_tick_ns) // TICK_NS + 1)
        if due > _LONGEST_CATCH_UP:
            self.next_tick_ns += (due - 1) * TICK_NS
            self.stalls += 1
            due = 1
        rows = np.zeros(due, FRAME)
        for number, row in enumerate(rows):
            row["seq"] = first_seq + number
            self._fill(row)
            self.next_tick_ns += TICK_NS
        return rows

    def _fill(self, row: np.void) -> None:
        tick_ns = self.next_tick_ns
        row["t_ns"] = tick_ns
        flags = row["flags"]
        for channel, waiting in enumerate(self._waiting):
            if not waiting or waiting[0].read_ns > tick_ns:
                flags[channel] = Flag.NONE
                continue
            conversion = waiting.popleft()
            flags[channel] = conversion.flags
            counts, own_t_ns, place = _PLACES[channel]
            row[counts][place] = conversion.counts
            row[own_t_ns][place] = conversion.t_ns
