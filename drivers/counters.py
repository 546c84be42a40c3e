"""What one converter of a load cell has delivered, why not, and how fast it converts."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

_SMOOTHING: Final = 1 / 32
_ENOUGH: Final = 64  # periods until the first one has no more weight


@dataclass
class CellCounters:
    """Counts since the start, and the period measured from undisturbed conversions."""

    delivered: int = 0
    saturated: int = 0
    settling: int = 0
    recoveries: int = 0
    doubtful: Counter[str] = field(default_factory=Counter)
    period_ns: float = 0.0
    """Smoothed time between conversions; 0 until two were seen."""
    periods: int = 0
    """How many went into it."""

    def saw_period(self, period_ns: int) -> None:
        """Take in the time between two conversions that followed each other."""
        if not self.period_ns:
            self.period_ns = float(period_ns)
        self.period_ns += (period_ns - self.period_ns) * _SMOOTHING
        self.periods += 1

    def forget_period(self) -> None:
        """Measure anew: the chip may be another one."""
        self.period_ns, self.periods = 0.0, 0

    @property
    def period_known(self) -> bool:
        """True when the period can be relied on."""
        return self.periods >= _ENOUGH

    @property
    def rate_sps(self) -> float:
        """Measured conversions per second; 0 while unknown."""
        return 1e9 / self.period_ns if self.period_ns else 0.0

    def to_json(self) -> dict[str, Any]:
        """The counters for the status page."""
        return {
            "delivered": self.delivered,
            "saturated": self.saturated,
            "settling": self.settling,
            "recoveries": self.recoveries,
            "doubtful": dict(self.doubtful),
        }
