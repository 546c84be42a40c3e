"""A bank of drivers on simulated chips whose every conversion can be told from every other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from drivers.channels import Channels
from drivers.conversion import Conversion
from drivers.hx711 import Hx711Bank
from drivers.pins import Pins
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.clock import VirtualClock
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import Behaviour, ChipFault, SimHx711
from drivers.sim.preemption import Preemption

PAIRS = [(17, 27), (22, 23), (24, 25), (16, 26)]
RATES_SPS = (85.0, 88.0, 91.0, 95.0)
STEP_NS = 100_000
POLL_NS = 500_000


def word_at(t_ns: int) -> int:
    """A word that says when it was converted."""
    return (t_ns // STEP_NS) * 7 % 8_000_000 - 4_000_000


class Converting(Protocol):
    """A simulated chip that knows how much it has converted."""

    conversions: int


@dataclass
class CellWire:
    """Four chips of any kind, their driver, and what the driver delivered."""

    clock: VirtualClock
    chips: Sequence[Converting]
    bank: Channels
    calls: Callable[[], int]
    """How many pin calls or transfers there were."""
    delivered: list[list[Conversion]] = field(default_factory=lambda: [[] for _ in PAIRS])
    _converted_before: int = 0
    _calls_before: int = 0

    def run(self, seconds: float, each_poll: Callable[[], None] = lambda: None) -> None:
        """Poll every 0.5 ms of virtual time."""
        next_ns = self.clock.now_ns()
        end_ns = next_ns + round(seconds * 1e9)
        while self.clock.now_ns() < end_ns:
            for number, conversion in self.bank.poll():
                self.delivered[number].append(conversion)
            each_poll()
            next_ns = max(next_ns + POLL_NS, self.clock.now_ns())
            self.clock.sleep_until(next_ns)

    def count_from_now(self) -> None:
        """Forget what was delivered and converted so far."""
        self.delivered = [[] for _ in PAIRS]
        self._converted_before = sum(chip.conversions for chip in self.chips)
        self._calls_before = self.calls()

    def delivered_share(self) -> float:
        """Of all settled conversions that the chips ended."""
        ended = sum(chip.conversions for chip in self.chips) - self._converted_before
        return sum(len(self.good(n)) for n in range(len(PAIRS))) / ended

    def calls_per_delivery(self) -> float:
        """Pin calls or transfers, polling included, per valid conversion."""
        calls = self.calls() - self._calls_before
        return calls / sum(len(self.good(n)) for n in range(len(PAIRS)))

    def good(self, number: int) -> list[Conversion]:
        """What chip `number` delivered as valid."""
        return [c for c in self.delivered[number] if c.good]

    def wrong(self, gain: int = 128) -> list[Conversion]:
        """Valid deliveries that are not what the chip converted in their time bracket."""
        return [
            conversion
            for number in range(len(PAIRS))
            for conversion in self.good(number)
            if not _true(conversion, gain)
        ]


@dataclass
class Wire(CellWire):
    """Four HX711."""

    chips: list[SimHx711]
    bank: Hx711Bank
    header: SimHeader = field(kw_only=True)

    def strike(self, number: int, fault: ChipFault, pulse: int) -> None:
        """Let a chip reset or lose its plug at a pulse of its next read, and mend it."""
        self.chips[number].fault = fault
        self.chips[number].strike(pulse)
        self.run(0.0135)
        self.chips[number].fault = None
        self.run(0.3)


def _true(conversion: Conversion, gain: int) -> bool:
    first = (conversion.busy_ns - STEP_NS) // STEP_NS
    last = conversion.ready_ns // STEP_NS
    words = [word_at(step * STEP_NS) * gain / 128 for step in range(first, last + 1)]
    return any(abs(conversion.counts - word) <= 0.5 for word in words)


def make_wire(
    behaviour: Behaviour | None = None,
    *,
    call_ns: int = 400,
    preemptions_hz: float = 0.0,
    gain: int = 128,
    seed: int = 0,
    settles_ns: int = 0,
    open_pins: Callable[[SimHeader], Pins] = lambda header: RpiGpioPins(SimGpio(header)),
) -> Wire:
    """Four chips at 85 to 95 SPS that behave alike otherwise."""
    base = behaviour or Behaviour(noise_counts=0.0)
    clock = VirtualClock()
    spend = Preemption(clock, call_ns, preemptions_hz, seed=seed)
    header = SimHeader(clock.now_ns, spend, settles_ns=settles_ns)
    chips = []
    for number, ((sck, dout), rate) in enumerate(zip(PAIRS, RATES_SPS, strict=True)):
        own = replace(base, rate_sps=rate)
        chip = SimHx711(word_at, clock.now_ns(), own, seed * 10 + number)
        header.wire(chip, sck, dout)
        chips.append(chip)
    bank = Hx711Bank(open_pins(header), PAIRS, clock, gain=gain)
    bank.open()
    return Wire(clock, chips, bank, lambda: header.calls, header=header)
