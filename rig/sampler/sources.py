"""All converters of a rig as one: their channels are numbered as in `CHANNELS`."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from drivers.channels import RUNNING, ChannelReport, Channels
from drivers.conversion import Conversion
from drivers.pins.timing import PulseTimes
from rig.channels import groups
from rig.names import CHANNELS
from rig.sampler.assemble import Assembler

_SERVED: Final = ("pads", "cells", "imu")
"""In this order they are polled: pads are due at a time, cells at any, and a FIFO can wait."""


class _Source(NamedTuple):
    driver: Channels
    numbers: range  # of its channels


class Sources:
    """The drivers by the names that the table of channels gives them.

    A kind of channels may be without one; their numbers are `absent`.
    """

    def __init__(self, drivers: Mapping[str, Channels]) -> None:
        served = [group for group in groups() if group.kind.driver in drivers]
        served.sort(key=lambda group: _SERVED.index(group.kind.driver))
        self._sources = [_Source(drivers[kind.driver], numbers) for kind, _, numbers in served]
        there = {number for group in served for number in group.numbers}
        self.absent = tuple(set(range(len(CHANNELS))) - there)

    def open(self) -> None:
        """Open all; `PlatformError` where one cannot be."""
        for driver, _ in self._sources:
            driver.open()

    def pulse_times(self) -> PulseTimes | None:
        """How long clock pulses are on the pins; None where no chip has any."""
        times = [driver.pulse_times() for driver, _ in self._sources]
        return next((one for one in times if one is not None), None)

    def poll(self) -> list[tuple[int, Conversion]]:
        """What came in, as (channel, conversion)."""
        return [
            (numbers[number], conversion)
            for driver, numbers in self._sources
            for number, conversion in driver.poll()
        ]

    def aim(self, assembler: Assembler) -> None:
        """Ask for conversions for the assembler's next tick.

        After conversions that came too late this tick goes without new ones: else what was late
        once would stay a tick late for good.
        """
        for driver, numbers in self._sources:
            if not assembler.waiting(numbers):
                driver.aim(assembler.next_tick_ns)

    def next_poll_ns(self, usual_ns: int, now_ns: int) -> int:
        """`usual_ns`, or sooner when a driver has something to do after `now_ns`."""
        next_ns = usual_ns
        for driver, _ in self._sources:
            due_ns = driver.due_ns
            if due_ns is not None and now_ns < due_ns < next_ns:
                next_ns = due_ns
        return next_ns

    def report(self) -> dict[str, ChannelReport]:
        """Every channel's report by name."""
        found = {
            number: one
            for driver, numbers in self._sources
            for number, one in zip(numbers, driver.report(), strict=True)
        }
        return {CHANNELS[number]: found[number] for number in sorted(found)}

    def close(self) -> None:
        """Close all."""
        for driver, _ in self._sources:
            driver.close()


def all_running(channels: Mapping[str, ChannelReport]) -> bool:
    """Whether every channel delivers."""
    return all(channel.state == RUNNING for channel in channels.values())
