"""Frames from conversions: one row per tick, every conversion in exactly one row."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

import numpy as np

from drivers.conversion import Conversion
from rig.channels import groups
from rig.frames import FRAME, TICK_NS, Block, Flag
from rig.names import CHANNELS

_LONGEST_CATCH_UP: Final = 100
"""Ticks made up for after a stall; a longer one leaves a gap in the frames' times."""


class _Place(NamedTuple):
    """Where a channel's counts or values and their own time stand in a frame."""

    field: str
    t_ns: str
    place: int
    averaged: bool  # everything since the frame before, else the oldest that waits


_PLACES: Final = [
    _Place(group.kind.field, f"{group.kind.name}_t_ns", place, bool(group.kind.axes))
    for group in groups()
    for place in range(len(group.names))
]
"""By the channel's number."""


class Assembler:
    """Queues conversions per channel and hands them out tick by tick.

    A frame holds, per channel, the oldest waiting conversion that was read by its tick; of a
    channel with several values the mean of all such. Numbers of channels are those of `CHANNELS`;
    those in `absent` have no driver.
    """

    def __init__(self, start_ns: int, absent: Collection[int] = ()) -> None:
        self._absent = list(absent)
        self._waiting: list[deque[Conversion]] = [deque() for _ in CHANNELS]
        self.next_tick_ns = start_ns + TICK_NS
        self.stalls = 0

    def put(self, channel: int, conversion: Conversion) -> None:
        """Take a conversion, good or flagged, in the order of its channel."""
        self._waiting[channel].append(conversion)

    def waiting(self, channels: Iterable[int]) -> bool:
        """Whether one of `channels` has a conversion that the latest tick's frame left for later.

        One that was read after that tick is in time for the next.
        """
        tick_ns = self.next_tick_ns - TICK_NS
        queues = (self._waiting[channel] for channel in channels)
        return any(queue and queue[0].read_ns <= tick_ns for queue in queues)

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
            elif _PLACES[channel].averaged:
                flags[channel] = _fill_mean(row, _PLACES[channel], _read_by(tick_ns, waiting))
            else:
                conversion = waiting.popleft()
                flags[channel] = conversion.flags
                field, own_t_ns, place, _ = _PLACES[channel]
                row[field][place] = conversion.counts
                row[own_t_ns][place] = conversion.t_ns
        flags[self._absent] = Flag.ABSENT


def _read_by(tick_ns: int, waiting: deque[Conversion]) -> list[Conversion]:
    """Take out all that were read by a tick."""
    taken = []
    while waiting and waiting[0].read_ns <= tick_ns:
        taken.append(waiting.popleft())
    return taken


def _fill_mean(row: np.void, where: _Place, taken: Sequence[Conversion]) -> Flag:
    """The mean of the good ones; what is wrong with any is said of all."""
    good = [conversion for conversion in taken if conversion.good]
    if good:
        width = len(good[0].values)
        mean = [sum(axis) / len(good) for axis in zip(*(c.values for c in good), strict=True)]
        row[where.field][where.place * width : (where.place + 1) * width] = mean
        row[where.t_ns][where.place] = sum(c.t_ns for c in good) // len(good)
    return reduce(or_, (conversion.flags for conversion in taken))
