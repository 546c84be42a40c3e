"""Body weight from standing still, or why there is none."""

from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings


class Weighing:
    """Weighs a person once after stepping on; says after `weigh_patience_s` why it cannot yet."""

    def __init__(self, settings: AnalysisSettings, rate_hz: float = 100.0) -> None:
        self._settings = settings
        self._force = Window(round(settings.weigh_s * rate_hz))
        self.start(0)

    def start(self, t_ns: int) -> None:
        """Someone stepped on at `t_ns`: forget the last one."""
        self.body_weight_n: float | None = None
        self._force.clear()
        self._complain_ns = t_ns + round(self._settings.weigh_patience_s * 1e9)

    def feed(self, sample: Sample) -> dict[str, float | str] | None:
        """`{"body_weight_n"}` when weighed, `{"reason"}` when patience ran out."""
        if self.body_weight_n is not None or not sample.known:
            return None
        self._force.push(sample.fz_n)
        still = self._force.full and self._spread() <= self._settings.weigh_force_sd
        reason = "" if still else "moving"
        if abs(sample.asymmetry_pct) > 100 * (1 - 2 * self._settings.one_foot_share):
            reason = "one_foot_off"
        if not reason:
            self.body_weight_n = self._force.mean()
            return {"body_weight_n": self.body_weight_n}
        if sample.t_ns < self._complain_ns:
            return None
        self._complain_ns = sample.t_ns + round(self._settings.weigh_patience_s * 1e9)
        return {"reason": reason}

    def _spread(self) -> float:
        return self._force.sd() / max(self._force.mean(), 1.0)
