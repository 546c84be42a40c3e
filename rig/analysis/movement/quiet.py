"""Whether total force has been as quiet as standing for a while."""

from collections import deque
from typing import Final

import numpy as np

from rig.analysis.movement.grid import STEP_S
from rig.analysis.settings import AnalysisSettings

_LOOKED_AT: Final = round(1.0 / STEP_S)
_SURELY: Final = 5.0  # so many deviations off is not quiet, without a closer look


class Quiet:
    """Looks at total force up to now."""

    def __init__(self, settings: AnalysisSettings, weight_n: float) -> None:
        self._settings = settings
        self._weight_n = weight_n
        self._force: deque[float] = deque(maxlen=_LOOKED_AT)
        self._for_steps = 0

    def feed(self, fz_n: float) -> None:
        """Take the next step's mean force."""
        self._force.append(fz_n)

    def begin(self) -> None:
        """Count anew for how long it lasts."""
        self._for_steps = 0

    def lasted(self, plausible: bool) -> bool:
        """Whether it has been quiet, and `plausible`, for long enough."""
        self._for_steps = self._for_steps + 1 if plausible and self.now(_LOOKED_AT) else 0
        return self._for_steps * STEP_S >= self._settings.quiet_s

    def now(self, steps: int) -> bool:
        """Whether the last so many steps were quiet and at the person's weight."""
        s, now = self._settings, self._force[-1] / self._weight_n - 1.0
        if len(self._force) < steps or abs(now) > _SURELY * s.quiet_sd:
            return False
        force = np.fromiter(self._force, np.float64)[-steps:] / self._weight_n - 1.0
        half = steps // 2
        drift = force[half:].mean() - force[:half].mean()
        return bool(
            abs(drift) < s.quiet_drift
            and abs(force.mean()) < s.quiet_off
            and force.std() < s.quiet_sd
        )
