"""Chips that are reset or unplugged in the middle of a read: how much of it is believed."""

import itertools
import random
from collections.abc import Iterator

from drivers.sim.hx711 import Behaviour, ChipFault
from tests.support.wire import PAIRS, make_wire, word_at

HITS = 100
_WORD_PULSES = 25


def struck_rows() -> Iterator[str]:
    """A row for each kind of hit, line and pins."""
    kinds = [
        (ChipFault.RESETS, 0),
        (ChipFault.LOOSE, 0),
        (ChipFault.LOOSE, 5),
        (ChipFault.LOOSE, 15),
    ]
    for (fault, settles_us), call_ns, rate in itertools.product(kinds, (400, 2000), (0, 200)):
        wrong, off = _strike(fault, settles_us * 1000, call_ns, rate)
        line = f"| {fault.value} | {settles_us} | {call_ns / 1000:g} | {rate} "
        yield f"{line}| {wrong} | {off:.0f} |"


def _strike(fault: ChipFault, settles_ns: int, call_ns: int, rate: float) -> tuple[int, float]:
    """How many wrong values were believed, and by how much the worst is off."""
    wire = make_wire(
        Behaviour(noise_counts=0.0), call_ns=call_ns, preemptions_hz=rate, settles_ns=settles_ns
    )
    wire.run(1.0)
    drawn = random.Random(1)
    for hit in range(HITS):
        wire.strike(hit % len(PAIRS), fault, drawn.randint(1, _WORD_PULSES))
    wrong = wire.wrong()
    off = [abs(one.counts - word_at((one.busy_ns + one.ready_ns) // 2)) for one in wrong]
    return len(wrong), max(off, default=0.0)
