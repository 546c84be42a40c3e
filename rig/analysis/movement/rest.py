"""Whether someone is at rest: how still the force is, and what velocity has been gathered."""

from typing import Final

from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings

GRAVITY: Final = 9.80665


class Standstill:
    """Whether the person has stood still over the last `still_s`, upright or not.

    What is still depends on the person: `quiet` is the deviation of total force while being
    weighed, as a share of the weight.
    """

    def __init__(self, settings: AnalysisSettings, quiet: float, rate_hz: float = 100.0) -> None:
        self._cop_sd_mm = settings.still_cop_sd_mm
        self._share = min(
            max(settings.still_quiets * quiet, settings.still_least), settings.still_most
        )
        self.frames = round(settings.still_s * rate_hz)
        self._force, self._cop = Window(self.frames), Window(self.frames)

    def feed(self, sample: Sample, body_weight_n: float) -> bool:
        """Take a sample in."""
        self._force.push(sample.fz_n)
        self._cop.push(sample.cop_ap_mm)
        most_n = self._share * body_weight_n
        return (
            self._force.full
            and abs(sample.fz_n - body_weight_n) <= 3 * most_n
            and abs(self._force.mean() - body_weight_n) <= most_n
            and self._force.sd() <= most_n
            and self._cop.sd() <= self._cop_sd_mm
        )

    def mean_force_n(self) -> float:
        """Mean total force over the window."""
        return self._force.mean()


class RawMotion:
    """Velocity and height since the last rest, integrated as it comes, without any correction.

    Good for some seconds: an error of the weight grows in it.
    """

    def __init__(self) -> None:
        self._last: Sample | None = None
        self.restart(0.0)

    def restart(self, height_m: float, velocity_m_s: float = 0.0) -> None:
        """Begin anew at this height: at rest, or just after turning."""
        self.seconds = self.lowest = 0.0
        self.height, self.velocity = height_m, velocity_m_s
        self.rose_until: int | None = None  # number of the last sample that went up
        self.samples = 0

    def feed(self, sample: Sample, weight_n: float) -> None:
        """Take a sample in."""
        last, self._last = self._last, sample
        if last is None:
            return
        dt = (sample.t_ns - last.t_ns) * 1e-9
        self.samples += 1
        self.seconds += dt
        self.velocity += (sample.fz_n / weight_n - 1.0) * GRAVITY * dt
        self.height += self.velocity * dt
        self.lowest = min(self.lowest, self.height)
        if self.velocity > 0:
            self.rose_until = self.samples
