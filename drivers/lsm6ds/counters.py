"""What the inertial sensor has delivered, and why not."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class ImuCounters:
    """Counts since the start, and what was read of the chip last."""

    delivered: int = 0
    saturated: int = 0
    recoveries: int = 0
    doubtful: Counter[str] = field(default_factory=Counter)
    bus_errors: Counter[str] = field(default_factory=Counter)
    chip: str = ""
    temperature_c: float | None = None
    clock_ppm: float = 0.0
    self_test: str = "not done"

    def to_json(self) -> dict[str, Any]:
        """The counters for the status page."""
        known = (
            {} if self.temperature_c is None else {"temperature_c": round(self.temperature_c, 1)}
        )
        return {
            "delivered": self.delivered,
            "saturated": self.saturated,
            "recoveries": self.recoveries,
            "doubtful": dict(self.doubtful),
            "bus_errors": dict(self.bus_errors),
            "chip": self.chip,
            "clock_ppm": round(self.clock_ppm),
            "self_test": self.self_test,
            **known,
        }
