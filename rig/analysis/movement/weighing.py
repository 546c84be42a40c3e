"""Body weight from standing still, or why there is none."""

from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings


class Weighing:
    """Weighs a person once after stepping on; says after `weigh_patience_s` why it cannot yet.

    `rough_n` is good enough to look for bends with, where nobody stands still long enough;
    `rough_sd` is the share that it may be wrong by.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._settings = settings
        self._force = Window(round(settings.weigh_s / STEP_S))
        self._short = Window(round(settings.rough_s / STEP_S))
        self._long = Window(round(settings.weigh_patience_s / STEP_S))
        self.start(0)

    def start(self, t_ns: int) -> None:
        """Someone stepped on at `t_ns`: forget the last one."""
        self.body_weight_n: float | None = None
        self.rough_n: float | None = None
        self.rough_sd = 0.0
        for window in (self._force, self._short, self._long):
            window.clear()
        self._complain_ns = t_ns + round(self._settings.weigh_patience_s * 1e9)

    def feed(self, sample: Sample) -> dict[str, float | str] | None:
        """`{"body_weight_n"}` when weighed, `{"reason"}` when patience ran out."""
        if self.body_weight_n is not None:
            return None
        for window in (self._force, self._short, self._long):
            window.push(sample.fz_n)
        one_foot = abs(sample.asymmetry_pct) > 100 * (1 - 2 * self._settings.one_foot_share)
        if not one_foot and self._settled():
            self.body_weight_n = self.rough_n = self._force.mean()
            self.rough_sd = self._settings.weighed_sd
            return {"body_weight_n": self.body_weight_n}
        if not one_foot and self.rough_n is None:
            self._weigh_roughly()
        if sample.t_ns < self._complain_ns:
            return None
        self._complain_ns = sample.t_ns + round(self._settings.weigh_patience_s * 1e9)
        return {"reason": "one_foot_off" if one_foot else self._why()}

    def _settled(self) -> bool:
        """Quiet, and no longer on the way to somewhere."""
        s, force = self._settings, self._force
        return (
            force.full
            and _deviation(force) <= s.weigh_force_sd
            and abs(force.drift()) <= s.weigh_drift * force.mean()
        )

    def _weigh_roughly(self) -> None:
        s = self._settings
        if self._short.full and _deviation(self._short) <= s.rough_force_sd:
            self.rough_n, self.rough_sd = self._short.mean(), s.rough_sd
        elif self._long.full and abs(self._long.drift()) <= s.rough_force_sd * self._long.mean():
            # someone who never stands still: over whole movements the mean force is the weight
            self.rough_n, self.rough_sd = self._long.mean(), s.rough_sd

    def _why(self) -> str:
        """What keeps the weight from being found."""
        force, s = self._force, self._settings
        still = force.full and _deviation(force) <= s.weigh_force_sd
        return "not_settled" if still else "moving"


def _deviation(window: Window) -> float:
    """Standard deviation as a share of the mean."""
    return window.sd() / max(window.mean(), 1.0)
