"""Body weight from standing still, again after every change that lasts, or why there is none."""

import math
from collections import deque
from typing import Final

from rig.analysis.movement.step import NODE_S
from rig.analysis.settings import WeighingSettings

_PARTS: Final = 3


class Weighing:
    """Takes the mean force of each node (80 ms) and how far to the side the load is.

    `total_n` is what the plates carry, `body_weight_n` that without the announced load; None until
    somebody has stood still.
    """

    def __init__(self, settings: WeighingSettings) -> None:
        self._settings = settings
        self._at_first = round(settings.still_s / NODE_S)
        self._later = round(settings.changed_s / NODE_S)
        self._recent: deque[float] = deque(maxlen=self._later)
        self.start(0.0)

    def start(self, load_n: float) -> None:
        """Someone stepped on, or took a load of `load_n`: weigh anew."""
        self._load_n = load_n
        self.total_n: float | None = None
        self._recent.clear()
        self._without = self._lighter = 0  # nodes without a weight; lighter than it

    @property
    def body_weight_n(self) -> float | None:
        """Without the load."""
        return None if self.total_n is None else self.total_n - self._load_n

    def feed(
        self, force_n: float, asymmetry_pct: float, *, upright: bool
    ) -> dict[str, float | str] | None:
        """`{"body_weight_n"}` when weighed, again too; `{"reason"}` when patience ran out.

        Nobody is weighed again who bends: turning round slowly at the bottom takes a steady force
        that is not the weight.
        """
        if self.total_n is not None and not upright:
            self._recent.clear()
            self._lighter = 0
            return None
        self._recent.append(force_n)
        one_foot = abs(asymmetry_pct) > 100 * (1 - 2 * self._settings.one_foot)
        if self.total_n is not None:
            return None if one_foot else self._watch(self.total_n)
        if not one_foot and self._settled(self._at_first):
            return self._weigh(self._at_first)
        self._without += 1
        return self._complain("one_foot_off" if one_foot else self._why())

    def _watch(self, known_n: float) -> dict[str, float | str] | None:
        """Whether somebody who was weighed has another weight now."""
        s = self._settings
        if self._settled(self._at_first):
            change = self._mean(self._at_first) / known_n - 1
            if change > s.obvious:
                return self._weigh(self._at_first)
            if s.lightest - 1 < change < -s.obvious:
                return self._lean()
        self._lighter = 0
        if not self._settled(self._later) or not self._all_changed(known_n):
            return None
        return self._weigh(self._later)

    def _all_changed(self, known_n: float) -> bool:
        """Whether each part of the time has another weight, lighter or heavier all through."""
        forces, size = list(self._recent), self._later // _PARTS
        means = [math.fsum(forces[n * size :][:size]) / size for n in range(_PARTS)]
        changes = [mean / known_n - 1 for mean in means]
        least = self._settings.changed
        return min(changes) >= least or max(changes) <= -least

    def _lean(self) -> dict[str, float | str] | None:
        """Lighter: something was put down, or a seat or a rail bears a part for a moment."""
        self._lighter += 1
        if self._lighter * NODE_S >= self._settings.holding_on_s:
            return self._weigh(self._at_first)
        return {"reason": "holding_on"} if self._lighter == 1 else None

    def _weigh(self, size: int) -> dict[str, float | str]:
        self.total_n = self._mean(size)
        self._without = self._lighter = 0
        return {"body_weight_n": self.total_n - self._load_n}

    def _settled(self, size: int) -> bool:
        """Quiet over the last so many nodes, and no longer on the way to somewhere."""
        s, forces = self._settings, list(self._recent)[-size:]
        if len(forces) < size:
            return False
        half, mean = size // 2, self._mean(size)
        drift = (math.fsum(forces[-half:]) - math.fsum(forces[:half])) / half
        return self._deviation(size) <= s.still_sd and abs(drift) <= s.still_drift * mean

    def _why(self) -> str:
        """What keeps the weight from being found."""
        enough = len(self._recent) >= self._at_first
        still = enough and self._deviation(self._at_first) <= self._settings.still_sd
        return "not_settled" if still else "moving"

    def _complain(self, reason: str) -> dict[str, float | str] | None:
        """The reason, each time that patience has run out."""
        if self._without * NODE_S < self._settings.patience_s:
            return None
        self._without = 0
        return {"reason": reason}

    def _mean(self, size: int) -> float:
        """Of the last so many nodes; exactly rounded, so that no history is in it."""
        return math.fsum(list(self._recent)[-size:]) / size

    def _deviation(self, size: int) -> float:
        """Standard deviation as a share of the mean."""
        mean = self._mean(size)
        squares = math.fsum([(force - mean) ** 2 for force in list(self._recent)[-size:]])
        return math.sqrt(squares / size) / max(mean, 1.0)
