"""How long a clock pulse is on the pins themselves, measured before anything relies on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drivers.clock import Clock
from drivers.errors import PlatformError
from drivers.pins.protocol import Pins

LIMIT_US: Final = 50.0  # SCK high at most (HX711 data sheet, T3); above 60 us the chip sleeps
_PULSES: Final = 500  # on each pin
_TOO_MANY: Final = 1 / 500
"""Share of long pulses that is refused; provisional. 200 preemptions a second make 1 in 1250 of
4 us pulses long on a good backend; at 1 in 500 one conversion in 20 would be lost."""


@dataclass(frozen=True)
class PulseTimes:
    """Lengths of pulses as an upper bound, in microseconds."""

    pulses: int
    median_us: float
    longest_us: float
    too_long: int

    @property
    def too_slow(self) -> bool:
        """Whether long pulses are the backend's own, not a rare preemption."""
        return self.too_long > _TOO_MANY * self.pulses


def measure_pulses(pins: Pins, scks: Sequence[int], clock: Clock) -> PulseTimes:
    """Pulse every one of `scks` (outputs) many times; chips on them are desynchronised by it."""
    lengths_us = sorted(_pulse_ns(pins, sck, clock) / 1000 for sck in scks for _ in range(_PULSES))
    too_long = sum(length > LIMIT_US for length in lengths_us)
    return PulseTimes(len(lengths_us), lengths_us[len(lengths_us) // 2], lengths_us[-1], too_long)


def refuse_slow(times: PulseTimes) -> None:
    """Raise `PlatformError` where pulses are too long for the chips."""
    if times.too_slow:
        raise PlatformError(
            f"clock pulses on the SCK pins are too long: {times.too_long} of {times.pulses} took "
            f"more than {LIMIT_US:g} us (median {times.median_us:.1f}, longest "
            f"{times.longest_us:.1f}), which puts the HX711 to sleep in the middle of a reading. "
            "Use the RPi.GPIO package (not rpi-lgpio) on a Raspberry Pi Zero 2 W, 3 or 4, gpiod on "
            "a 5, choose it by backend under [gpio], and give the sampler real-time priority"
        )


def _pulse_ns(pins: Pins, sck: int, clock: Clock) -> int:
    start_ns = clock.now_ns()
    pins.write(sck, 1)
    pins.write(sck, 0)
    return clock.now_ns() - start_ns
