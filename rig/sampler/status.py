"""The status page: what the sampler knows about its chips and itself, once a second."""

from typing import Final

import numpy as np

from drivers.ads1115 import PadScanner
from drivers.hx711 import ChipState, Hx711Bank
from rig.handover.status_page import ChannelStatus, Lateness
from rig.names import CELLS, PADS

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


def all_running(bank: Hx711Bank, scanner: PadScanner) -> bool:
    """Whether every channel delivers."""
    return not scanner.down and all(chip.state is ChipState.RUNNING for chip in bank.chips)


def channel_rates(bank: Hx711Bank, pad_rates: list[float]) -> dict[str, float]:
    """Measured conversions per second by channel."""
    rates = [chip.counters.rate_sps for chip in bank.chips]
    return dict(zip(CELLS + PADS, [round(rate, 2) for rate in rates + pad_rates], strict=True))


def channel_counters(bank: Hx711Bank, scanner: PadScanner) -> dict[str, ChannelStatus]:
    """Counters and state by channel; the pads share the bus's."""
    cells = {
        name: ChannelStatus(state=chip.state.value, **chip.counters.to_json())
        for name, chip in zip(CELLS, bank.chips, strict=True)
    }
    shared = scanner.counters.to_json()
    state = "silent" if scanner.down else "running"
    pads = {
        name: ChannelStatus(state=state, delivered=delivered, **shared)
        for name, delivered in zip(PADS, scanner.counters.delivered, strict=True)
    }
    return cells | pads
