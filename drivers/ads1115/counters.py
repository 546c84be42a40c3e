"""What the scanner has delivered, and why not."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class PadCounters:
    """Counts since the start; all pads share what is no delivery of their own."""

    delivered: list[int]
    scans: int = 0
    skipped_ticks: int = 0
    recoveries: int = 0
    bus_errors: Counter[str] = field(default_factory=Counter)
    answers_at: int | None = None
    """Another address of an ADS1115 at which something answers while ours does not."""

    def to_json(self) -> dict[str, Any]:
        """The counters that all pads share, for the status page."""
        document: dict[str, Any] = {
            "scans": self.scans,
            "skipped_ticks": self.skipped_ticks,
            "recoveries": self.recoveries,
            "bus_errors": dict(self.bus_errors),
        }
        return document if self.answers_at is None else {**document, "answers_at": self.answers_at}
