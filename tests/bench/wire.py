"""The benchmark's wire: four chips that keep a record of what they converted."""

from collections import deque
from dataclasses import replace

from drivers.sim.clock import VirtualClock
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import Behaviour, SimHx711
from drivers.sim.preemption import Preemption
from tests.support.wire import PAIRS, RATES_SPS, word_at


class TimeUp(BaseException):
    """The virtual time that a driver was given is over."""


class Bounded(VirtualClock):
    """A virtual clock that ends whatever goes on after `end_ns`."""

    end_ns = 1 << 62

    def advance(self, ns: int) -> None:
        super().advance(ns)
        if self.now_ns() >= self.end_ns:
            raise TimeUp

    def sleep_until(self, t_ns: int) -> None:
        super().sleep_until(min(t_ns, self.end_ns))
        self.advance(0)


class RecordedChip(SimHx711):
    """A chip whose last conversions are known."""

    def __init__(self, start_ns: int, behaviour: Behaviour, seed: int) -> None:
        self.latest: deque[int] = deque(maxlen=8)
        super().__init__(self._next, start_ns, behaviour, seed)

    def _next(self, t_ns: int) -> float:
        word = word_at(t_ns)
        self.latest.append(word)
        return word


class BenchWire:
    """Pins, chips at 85 to 95 SPS, and the time that calls and preemptions take."""

    def __init__(
        self,
        behaviour: Behaviour,
        call_ns: int,
        preemptions_hz: float,
        *,
        shared_sck: bool = False,
    ) -> None:
        self.clock = Bounded()
        self.preemption = Preemption(self.clock, call_ns, preemptions_hz, seed=1)
        self.header = SimHeader(self.clock.now_ns, self.preemption)
        self.chips = []
        for number, ((sck, dout), rate) in enumerate(zip(PAIRS, RATES_SPS, strict=True)):
            own = replace(behaviour, rate_sps=rate, noise_counts=0.0)
            chip = RecordedChip(self.clock.now_ns(), own, number)
            self.header.wire(chip, PAIRS[0][0] if shared_sck else sck, dout)
            self.chips.append(chip)


class Tally:
    """What one driver delivered as valid, and what of it was wrong."""

    def __init__(self, wire: BenchWire) -> None:
        self._wire = wire
        self.values = [0] * len(PAIRS)
        self.wrong = 0
        self._before = [chip.conversions for chip in wire.chips]
        self._calls_before = wire.header.calls

    def deliver(self, number: int, value: float) -> None:
        self.values[number] += 1
        self.wrong += value not in self._wire.chips[number].latest

    def delivered_pct(self, number: int | None = None) -> float:
        """Share of the settled conversions that the chips ended, in percent."""
        numbers = range(len(PAIRS)) if number is None else [number]
        ended = sum(self._wire.chips[n].conversions - self._before[n] for n in numbers)
        return 100 * sum(self.values[n] for n in numbers) / max(ended, 1)

    @property
    def calls_each(self) -> float:
        return (self._wire.header.calls - self._calls_before) / max(sum(self.values), 1)
