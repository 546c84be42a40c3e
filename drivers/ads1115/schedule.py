"""When to look for a conversion and when to begin a scan: learned from the chip and its bus.

A chip may be slower than the data sheet allows, a bus run at 100 kHz or be stretched: what is
looked for too early costs a transfer more, and a scan that begins too late misses its tick.
"""

from typing import Final

from drivers.ads1115.registers import CONVERSION_NS

_TRANSFERS_NS: Final = 500_000  # three a conversion at 400 kHz, with the kernel's share; inferred
_LONGEST_CONVERSION_NS: Final = 2_000_000  # provisional: 60 % slow
_LONGER_NS: Final = 30_000
_AIMED_LATE_NS: Final = 500_000  # so late after a tick one may be aimed for the next; a poll
_SPARE_NS: Final = 500_000  # a scan needs beside what it takes, at least; a poll
_BEHIND_NS: Final = 1_500_000  # behind the tick before; provisional
_RISE, _FALL = 1 / 4, 1 / 64  # of the way to what a scan took; provisional


class Schedule:
    """How long conversions and scans take here."""

    def __init__(self, inputs: int, margin_ns: int, tick_ns: int) -> None:
        self._least_ns = inputs * (CONVERSION_NS + _TRANSFERS_NS)
        self._margin_ns, self._tick_ns = margin_ns, tick_ns
        self._transfer_ns: int | None = None
        self.forget()

    def forget(self) -> None:
        """Another chip or bus: begin with what the data sheet says."""
        self.conversion_ns = CONVERSION_NS
        self._took_ns = float(self._least_ns)

    @property
    def scan_ns(self) -> int:
        """How long before a tick the scan for it has to begin."""
        return round(self._took_ns) + self._margin_ns

    def begin_ns(self, tick_ns: int) -> int:
        """When the scan for a tick begins.

        However many inputs there are, not before the tick before: what is left of the margin has
        to do. One that takes nearly a tick would end now in time and now too late, and each change
        costs a scan: it begins so late that it always ends behind its tick.
        """
        most_ns = self._tick_ns - _AIMED_LATE_NS
        if self._took_ns + _SPARE_NS <= most_ns:
            return tick_ns - min(self.scan_ns, most_ns)
        return tick_ns - self._tick_ns + _BEHIND_NS

    def looked_too_early(self) -> None:
        """A conversion had not ended after `conversion_ns`."""
        longer_ns = self.conversion_ns + _LONGER_NS
        self.conversion_ns = min(longer_ns, _LONGEST_CONVERSION_NS)

    def scan_took(self, ns: int) -> None:
        """From a scan's beginning to its last value."""
        step = (ns - self._took_ns) * (_RISE if ns > self._took_ns else _FALL)
        self._took_ns = max(self._took_ns + step, float(self._least_ns))

    def transfer_took(self, ns: int) -> None:
        """From before to after the reading of a word."""
        self._transfer_ns = ns if self._transfer_ns is None else min(ns, self._transfer_ns)

    def take_transfer_us(self) -> float:
        """The shortest since the last call, which tells the bus's clock; 0 if there was none."""
        shortest_ns, self._transfer_ns = self._transfer_ns, None
        return (shortest_ns or 0) / 1000
