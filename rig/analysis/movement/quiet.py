"""Whether total force has been as quiet as standing for a while."""

from typing import Final

from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings

_LOOKED_AT: Final = round(1.0 / STEP_S)


class Quiet:
    """Looks at the last second of total force."""

    def __init__(self, settings: AnalysisSettings, weight_n: float) -> None:
        self._settings = settings
        self._weight_n = weight_n
        self._force = Window(_LOOKED_AT)
        self._for_steps = 0

    def feed(self, fz_n: float) -> None:
        """Take the next step's mean force."""
        self._force.push(fz_n)

    def begin(self) -> None:
        """Count anew for how long it lasts."""
        self._for_steps = 0

    def lasted(self, plausible: bool) -> bool:
        """Whether it has been quiet, and `plausible`, for long enough."""
        self._for_steps = self._for_steps + 1 if plausible and self._now() else 0
        return self._for_steps * STEP_S >= self._settings.quiet_s

    def _now(self) -> bool:
        force, s = self._force, self._settings
        return (
            force.full
            and abs(force.drift()) < s.quiet_drift * self._weight_n
            and abs(force.mean() - self._weight_n) < s.quiet_off * self._weight_n
            and force.sd() < s.quiet_sd * self._weight_n
        )
