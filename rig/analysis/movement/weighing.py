"""Body weight from standing still, or why there is none."""

from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings


class Weighing:
    """Weighs a person once after stepping on; says after `weigh_patience_s` why it cannot yet.

    `rough_n` is good enough to look for bends with, where nobody stands still long enough.
    `quiet` is this person's own standard deviation of force, as a share of the weight.
    """

    def __init__(self, settings: AnalysisSettings, rate_hz: float = 100.0) -> None:
        self._settings = settings
        self._force = Window(round(settings.weigh_s * rate_hz))
        self._short = Window(round(settings.rough_s * rate_hz))
        self.start(0)

    def start(self, t_ns: int) -> None:
        """Someone stepped on at `t_ns`: forget the last one."""
        self.body_weight_n: float | None = None
        self.rough_n: float | None = None
        self.quiet = 0.0
        self._force.clear()
        self._short.clear()
        self._complain_ns = t_ns + round(self._settings.weigh_patience_s * 1e9)

    def feed(self, sample: Sample) -> dict[str, float | str] | None:
        """`{"body_weight_n"}` when weighed, `{"reason"}` when patience ran out."""
        if self.body_weight_n is not None or not sample.known:
            return None
        self._force.push(sample.fz_n)
        self._short.push(sample.fz_n)
        one_foot = abs(sample.asymmetry_pct) > 100 * (1 - 2 * self._settings.one_foot_share)
        if not one_foot and self._settled():
            self.body_weight_n = self.rough_n = self._force.mean()
            self.quiet = _deviation(self._force)
            return {"body_weight_n": self.body_weight_n}
        if not one_foot and self.rough_n is None:
            self._weigh_roughly()
        if sample.t_ns < self._complain_ns:
            return None
        self._complain_ns = sample.t_ns + round(self._settings.weigh_patience_s * 1e9)
        return {"reason": "one_foot_off" if one_foot else "moving"}

    def _settled(self) -> bool:
        """Quiet, and no longer on the way to somewhere."""
        s, force = self._settings, self._force
        return (
            force.full
            and _deviation(force) <= s.weigh_force_sd
            and abs(force.drift()) <= s.weigh_drift * force.mean()
        )

    def _weigh_roughly(self) -> None:
        if self._short.full and _deviation(self._short) <= self._settings.rough_force_sd:
            self.rough_n = self._short.mean()
            self.quiet = _deviation(self._short)


def _deviation(window: Window) -> float:
    """Standard deviation as a share of the mean."""
    return window.sd() / max(window.mean(), 1.0)
