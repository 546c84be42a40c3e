"""What a NAU7802 has delivered, and why not."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from drivers.counters import CellCounters

_SMALLEST_WEIGHT: Final = 1 / 512


@dataclass
class NauCounters(CellCounters):
    """A cell's counters with the errors of its bus."""

    bus_errors: Counter[str] = field(default_factory=Counter)

    def saw_period(self, period_ns: int) -> None:
        """Take in a period: their mean at first, then the newest with a small weight.

        A conversion is dated to a millisecond or two, so that many have to be looked at.
        """
        self.periods += 1
        weight = max(_SMALLEST_WEIGHT, 1 / self.periods)
        self.period_ns += (period_ns - self.period_ns) * weight

    def to_json(self) -> dict[str, Any]:
        """The counters for the status page."""
        return {**super().to_json(), "bus_errors": dict(self.bus_errors)}
