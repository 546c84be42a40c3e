"""What an HX711 has delivered, and why not."""

from dataclasses import dataclass
from typing import Any, Final

from drivers.counters import CellCounters
from drivers.hx711.timing import GAP_PERIODS, SLOWEST_PERIOD_NS

_ANOTHER: Final = 3  # gaps in a row that show another chip and not one that was reset


@dataclass
class ChipCounters(CellCounters):
    """A cell's counters with the longest clock pulse that its reads saw."""

    longest_pulse_ns: int = 0
    _gaps: int = 0

    def is_gap(self, ns: int) -> bool:
        """Whether so long between two conversions means that one did not come.

        Until the chip's own period is known, that of the slowest chip counts.
        """
        period_ns = self.period_ns
        if not self.period_known:
            period_ns = max(period_ns, SLOWEST_PERIOD_NS)
        return ns > GAP_PERIODS * period_ns

    def saw_period(self, period_ns: int) -> None:
        """Take in the time between two conversions that followed each other.

        A gap is none; but several in a row are the period of another chip.
        """
        self._gaps = self._gaps + 1 if self.is_gap(period_ns) else 0
        if self._gaps >= _ANOTHER:
            self.forget_period()
            self._gaps = 0
        if not self._gaps:
            super().saw_period(period_ns)

    def to_json(self) -> dict[str, Any]:
        """The counters for the status page."""
        return {**super().to_json(), "longest_pulse_us": self.longest_pulse_ns / 1000}
