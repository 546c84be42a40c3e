"""Any number of HX711, one SCK each, polled together."""

from collections.abc import Sequence

from drivers.channels import ChannelReport
from drivers.clock import Clock
from drivers.conversion import Conversion
from drivers.hx711.chip import Hx711
from drivers.hx711.states import ChipState
from drivers.hx711.tied import Ties
from drivers.pins import Pins
from drivers.pins.timing import PulseTimes, measure_pulses


class Hx711Bank:
    """Chips on (SCK, DOUT) pairs; `poll` looks at all lines and reads the ready ones at once.

    A chip that is dead, stuck or recovering costs the others nothing but its own pin calls.
    """

    def __init__(
        self, pins: Pins, pairs: Sequence[tuple[int, int]], clock: Clock, *, gain: int = 128
    ) -> None:
        self.chips = [Hx711(pins, sck, dout, clock, gain=gain) for sck, dout in pairs]
        self._ties = Ties(len(self.chips))
        self._pins = pins
        self._clock, self._now_ns = clock, clock.now_ns
        self._scks = [sck for sck, _ in pairs]
        self._douts = [dout for _, dout in pairs]

    def open(self) -> None:
        """Claim the pins and power-cycle every chip."""
        self._pins.claim_outputs(self._scks, 0)
        self._pins.claim_inputs(self._douts)
        self._restart()

    def pulse_times(self) -> PulseTimes:
        """Time many pulses on the SCK pins; every chip starts anew afterwards."""
        times = measure_pulses(self._pins, self._scks, self._clock)
        self._restart()
        return times

    def aim(self, tick_ns: int) -> None:
        """Nothing: the chips convert by themselves."""

    def poll(self) -> list[tuple[int, Conversion]]:
        """Conversions that were ready, as (chip number, conversion), good or flagged."""
        found = []
        before_ns = self._now_ns()
        levels = self._pins.read_all(self._douts)
        after_ns = self._now_ns()
        self._ties.look(levels)
        for number, (chip, level) in enumerate(zip(self.chips, levels, strict=True)):
            for conversion in chip.step(level, before_ns if level else after_ns):
                found.append((number, conversion))
        return found

    @property
    def due_ns(self) -> int | None:
        """None: a conversion is as well dated as the lines are looked at often."""
        return None

    def report(self) -> Sequence[ChannelReport]:
        """Every chip's state, its own rate and its counters."""
        return [
            ChannelReport("hx711", self.state(number).value, chip.rate_sps, chip.counters.to_json())
            for number, chip in enumerate(self.chips)
        ]

    def state(self, number: int) -> ChipState:
        """What a chip's line looks like, beside the others' lines."""
        chip, fellows = self.chips[number], self._ties.fellows(number)
        lasting = any(self.chips[one].trouble.lasts for one in [number, *fellows])
        return ChipState.TIED if fellows and lasting else chip.state

    def close(self) -> None:
        """Nothing: only the pins were opened."""

    def _restart(self) -> None:
        for chip in self.chips:
            chip.restart()
