"""The phase as it happens, for display and cues only.

The stored times of a repetition come from the whole bend; this one cannot know the end.
"""

from rig.analysis.settings import RepetitionSettings
from rig.names import Phase


class LivePhase:
    """`standing`, `eccentric`, `bottom` or `concentric` at every node."""

    def __init__(self, settings: RepetitionSettings) -> None:
        self._share, self._least_m_s = settings.moving_share, settings.moving_least_m_s
        self._fastest_m_s = 0.0
        self._by_angle = False
        self.phase: Phase = "standing"

    def lean(self, speed_deg_s: float | None, least_deg_s: float) -> bool:
        """The same from how fast the trunk leans (+ down): at least `least_deg_s` is moving."""
        scale = self._least_m_s / least_deg_s
        return self.feed(None if speed_deg_s is None else -speed_deg_s * scale, by_angle=True)

    def feed(self, velocity_m_s: float | None, *, by_angle: bool = False) -> bool:
        """Take the velocity (+ up) in a bend, None in standing; True if the phase changed."""
        before = self.phase
        if by_angle != self._by_angle:
            self._by_angle, self._fastest_m_s = by_angle, 0.0
        if velocity_m_s is None:
            self.phase, self._fastest_m_s = "standing", 0.0
        else:
            self._fastest_m_s = max(self._fastest_m_s, -velocity_m_s)
            self.phase = self._judge(velocity_m_s)
        return self.phase != before

    def _judge(self, velocity_m_s: float) -> Phase:
        slow_m_s = max(self._share * self._fastest_m_s, self._least_m_s)
        if self.phase == "standing" or velocity_m_s < -slow_m_s:
            return "eccentric"
        if velocity_m_s > slow_m_s:
            return "concentric"
        return "bottom" if self.phase == "eccentric" else self.phase
