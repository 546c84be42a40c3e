"""Any number of HX711, one SCK each, polled together."""

from collections.abc import Sequence

from drivers.clock import Clock
from drivers.conversion import Conversion
from drivers.hx711.chip import Hx711
from drivers.pins import Pins
from drivers.pins.timing import PulseTimes, measure_pulses


class Hx711Bank:
    """Chips on (SCK, DOUT) pairs; `poll` looks at all lines and reads the ready ones at once.

    A chip that is dead, stuck or recovering costs the others nothing but its own pin calls.
    """

    def __init__(
        self, pins: Pins, pairs: Sequence[tuple[int, int]], clock: Clock, *, gain: int = 128
    ) -> None:
        pins.claim_outputs([sck for sck, _ in pairs], 0)
        pins.claim_inputs([dout for _, dout in pairs])
        self.chips = [Hx711(pins, sck, dout, clock, gain=gain) for sck, dout in pairs]
        self._pins = pins
        self._clock, self._now_ns = clock, clock.now_ns
        self._douts = [dout for _, dout in pairs]

    def measure_pulses(self) -> PulseTimes:
        """Time many pulses on the SCK pins; every chip starts anew afterwards."""
        times = measure_pulses(self._pins, [chip.sck for chip in self.chips], self._clock)
        for chip in self.chips:
            chip.restart()
        return times

    def poll(self) -> list[tuple[int, Conversion]]:
        """Conversions that were ready, as (chip number, conversion), good or flagged."""
        found = []
        before_ns = self._now_ns()
        levels = self._pins.read_all(self._douts)
        after_ns = self._now_ns()
        for number, (chip, level) in enumerate(zip(self.chips, levels, strict=True)):
            conversion = chip.step(level, before_ns if level else after_ns)
            if conversion is not None:
                found.append((number, conversion))
        return found
