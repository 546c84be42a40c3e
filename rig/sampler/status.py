"""The status page: what the sampler knows about its chips and itself, once a second."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import numpy as np

from drivers.channels import ChannelReport
from drivers.pins import timing
from rig.handover.status_page import ChannelStatus, Lateness, PulseTimes

PERIOD_NS: Final = 1_000_000_000


class LatenessMeter:
    """How much later than planned the polls came, over the last second."""

    def __init__(self) -> None:
        self._late_ns: list[int] = []

    def note(self, late_ns: int) -> None:
        """One poll's lateness."""
        self._late_ns.append(late_ns)

    def take(self) -> Lateness:
        """Percentiles since the last call."""
        late_us = np.array(self._late_ns or [0]) / 1000
        self._late_ns = []
        p50, p99 = np.percentile(late_us, [50, 99])
        return Lateness(p50=float(p50), p99=float(p99), max=float(late_us.max()))


def channel_rates(channels: Mapping[str, ChannelReport]) -> dict[str, float]:
    """Measured conversions per second by channel."""
    return {name: round(channel.rate_sps, 2) for name, channel in channels.items()}


def channel_counters(channels: Mapping[str, ChannelReport]) -> dict[str, ChannelStatus]:
    """State, the driver's counters and its name by channel."""
    return {
        name: ChannelStatus(driver=channel.driver, state=channel.state, **channel.counters)
        for name, channel in channels.items()
    }


def pulse_status(times: timing.PulseTimes | None) -> PulseTimes | None:
    """What was timed on the clock pins, if there are any."""
    return None if times is None else PulseTimes(**asdict(times))
