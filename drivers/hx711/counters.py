"""What an HX711 has delivered, and why not."""

from dataclasses import dataclass
from typing import Any

from drivers.counters import CellCounters


@dataclass
class ChipCounters(CellCounters):
    """A cell's counters with the longest clock pulse that its reads saw."""

    longest_pulse_ns: int = 0

    def to_json(self) -> dict[str, Any]:
        """The counters for the status page."""
        return {**super().to_json(), "longest_pulse_us": self.longest_pulse_ns / 1000}
