"""Clock one conversion out of a chip, timing every pulse."""

from dataclasses import dataclass
from typing import Final

from drivers.clock import Clock
from drivers.hx711.timing import LONGEST_PULSE_NS
from drivers.pins import Pins

DATA_BITS: Final = 24
_SIGN: Final = 1 << (DATA_BITS - 1)

GAIN_PULSES: Final = {128: 1, 64: 3}
"""Pulses after the 24 data bits that select channel A's gain for the next conversion."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """What came out: signed counts, the longest pulse, and DOUT after the last pulse.

    DOUT was looked at between `checked_ns` and `end_ns`. After a pulse that was too long nothing
    more is clocked: `complete` is False, counts are void, `pulses` were given.
    """

    counts: int
    pulses: int
    longest_pulse_ns: int
    dout_after: int
    checked_ns: int
    end_ns: int
    complete: bool


def shift_in(pins: Pins, sck: int, dout: int, gain_pulses: int, clock: Clock) -> Shifted:
    """Read 24 bits, most significant first, then give the gain pulses."""
    write, read, now = pins.write, pins.read, clock.now_ns
    word = longest = 0
    for pulse in range(DATA_BITS + gain_pulses):
        start = now()
        write(sck, 1)
        write(sck, 0)
        length = now() - start  # an upper bound of the time that SCK was high
        if length > longest:
            longest = length
            if length > LONGEST_PULSE_NS:
                return Shifted(0, pulse + 1, longest, 1, start, now(), complete=False)
        if pulse < DATA_BITS:
            word = word << 1 | read(dout)
    counts = word - (1 << DATA_BITS) if word & _SIGN else word
    checked = now()
    return Shifted(counts, pulse + 1, longest, read(dout), checked, now(), complete=True)


def ones_at_end(counts: int) -> int:
    """How many of a word's last bits are ones."""
    word = counts & 0xFFFFFF
    return (~word & (word + 1)).bit_length() - 1
