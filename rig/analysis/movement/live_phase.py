"""The phase as it happens: from velocity since the last standstill, for display and cues only.

The stored times of a repetition come from the whole bend; this one cannot know the end.
"""

from rig.analysis.movement.rest import GRAVITY
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings


class LivePhase:
    """`standing`, `eccentric`, `bottom` or `concentric` at every frame."""

    def __init__(self, settings: AnalysisSettings) -> None:
        self._moving_m_s = settings.moving_m_s
        self._least_drop_m = settings.least_drop_m
        self.phase = "standing"
        self._velocity = self._height = 0.0
        self._last: Sample | None = None

    def feed(self, sample: Sample, body_weight_n: float, *, still: bool, height_m: float) -> bool:
        """Take a sample in; True if the phase changed. `height_m` is that of the standstill."""
        last, self._last = self._last, sample
        if still or last is None:
            self._velocity, self._height = 0.0, height_m
        else:
            dt = (sample.t_ns - last.t_ns) * 1e-9
            self._velocity += (sample.fz_n / body_weight_n - 1.0) * GRAVITY * dt
            self._height += self._velocity * dt
        phase = self._judge(still)
        changed = phase != self.phase
        self.phase = phase
        return changed

    def _judge(self, still: bool) -> str:
        low = self._height < -self._least_drop_m
        if still:
            return "bottom" if low else "standing"
        if not low and self.phase in ("standing", "concentric"):
            return "eccentric" if self._velocity < -self._moving_m_s else self.phase
        if self.phase == "concentric":
            return self.phase
        if self.phase in ("eccentric", "bottom") and self._velocity > self._moving_m_s:
            return "concentric"
        if self.phase == "eccentric" and low and self._velocity > -self._moving_m_s:
            return "bottom"
        return self.phase
