"""What a sampling loop needs of converters, whatever their chips are: the seam for sensors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from drivers.conversion import Conversion
from drivers.pins.timing import PulseTimes

RUNNING: Final = "running"
"""The state of a channel that delivers; every other state says what is wrong."""


@dataclass(frozen=True)
class ChannelReport:
    """How one channel is, for people and programs; `counters` count since it was opened.

    `driver` is the chip's name, in small letters, which says what states and counters there are.
    """

    driver: str
    state: str
    rate_sps: float
    counters: Mapping[str, Any]


class Channels(Protocol):
    """Chips that are looked after together; their channels are numbered from 0.

    Nothing waits, and nothing is touched before `open`. A chip that misbehaves is a flag on a
    conversion or a state of its channel; exceptions are for pins and buses that cannot be opened.
    """

    def open(self) -> None:
        """Claim the pins or open the bus, and start; `PlatformError` where that cannot be."""

    def pulse_times(self) -> PulseTimes | None:
        """Time clock pulses on the pins, which costs what is being converted; None on a bus."""

    def aim(self, tick_ns: int) -> None:
        """The next conversion of each channel is wanted just before `tick_ns`.

        Chips that convert when they are asked begin in time for it, others go on by themselves.
        """

    def poll(self) -> Sequence[tuple[int, Conversion]]:
        """Do what is due now; what came in as (channel, conversion), in order for each channel."""

    @property
    def due_ns(self) -> int | None:
        """When `poll` has something to do; None: at any time, as often as it may be called."""

    def report(self) -> Sequence[ChannelReport]:
        """Every channel's report; a rate may be that since the last call."""

    def close(self) -> None:
        """Let go of what was opened, but for pins: those are closed by who made them."""
