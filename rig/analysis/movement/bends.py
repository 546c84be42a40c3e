"""Bends: vertical displacement of the centre of mass between standstills, paired across the pause.

Total force over mass, less gravity, is the acceleration of the centre of mass. Integrated twice
between two standstills, with a straight line taken off the velocity so that it is zero at both
ends, it gives the displacement; the line also takes out whatever the body weight is wrong by.
A stretch that ends low (a pause at the bottom) is joined with the next, until the person is up.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.sample import Sample
from rig.analysis.movement.window import Window
from rig.analysis.settings import AnalysisSettings

Floats = npt.NDArray[np.float64]

GRAVITY: Final = 9.80665


@dataclass(frozen=True)
class Bend:
    """From upright to upright: samples, and per sample the drop of the centre of mass (m, >= 0)."""

    samples: list[Sample]
    drop_m: Floats
    standing: Sample
    """What standing just before it looked like: `heel_share` and `asymmetry_pct` are means."""


class Standstill:
    """Whether the person has stood still over the last `still_s`, upright or not."""

    def __init__(self, settings: AnalysisSettings, rate_hz: float = 100.0) -> None:
        self._settings = settings
        self.frames = round(settings.still_s * rate_hz)
        self._force, self._cop = Window(self.frames), Window(self.frames)

    def feed(self, sample: Sample, body_weight_n: float) -> bool:
        """Take a sample in."""
        self._force.push(sample.fz_n)
        self._cop.push(sample.cop_ap_mm)
        s = self._settings
        return (
            self._force.full
            and abs(sample.fz_n - body_weight_n) <= 3 * s.still_force_off * body_weight_n
            and abs(self._force.mean() - body_weight_n) <= s.still_force_off * body_weight_n
            and self._force.sd() <= s.still_force_sd * body_weight_n
            and self._cop.sd() <= s.still_cop_sd_mm
        )

    def mean_force_n(self) -> float:
        """Mean total force over the window."""
        return self._force.mean()

    def clear(self) -> None:
        """Start anew."""
        self._force.clear()
        self._cop.clear()


class BendFinder:
    """Collects samples of a weighed person and gives a `Bend` when the person is upright again."""

    def __init__(self, settings: AnalysisSettings, body_weight_n: float) -> None:
        self._settings = settings
        self._standstill = Standstill(settings)
        self._weight_n = body_weight_n
        self._kept: list[Sample] = []  # since the middle of the last upright standstill
        self._drops: list[Floats] = []  # of stretches that ended low
        self._stretch_from = 0  # index in `_kept`
        self._height_m = 0.0
        self._was_still = False
        self._standing: Sample | None = None

    @property
    def height_m(self) -> float:
        """Where the last standstill was: 0 upright, below 0 in a pause at the bottom."""
        return self._height_m

    @property
    def upright(self) -> bool:
        """Whether the person stands still and upright now."""
        return self._was_still and not self._drops

    @property
    def still(self) -> bool:
        """Whether the person stands still now."""
        return self._was_still

    def feed(self, sample: Sample) -> Bend | None:
        """Take a sample of a person on the platform, all plates known."""
        self._kept.append(sample)
        still = self._standstill.feed(sample, self._weight_n)
        bend = self._arrive() if still and not self._was_still else None
        self._was_still = still
        if still and not self._drops:
            self._stand()
        elif self._too_long():
            self._start_over()
        return bend

    def _stand(self) -> None:
        """Standing upright: only the window's newer half can belong to the next bend."""
        self._weight_n += 0.02 * (self._standstill.mean_force_n() - self._weight_n)
        half = self._standstill.frames // 2
        self._standing = _mean_stance(self._kept[-2 * half :])
        self._kept = self._kept[-half:]
        self._stretch_from = 0

    def _arrive(self) -> Bend | None:
        """A standstill after movement: work the stretch out, and see where it ended."""
        end = len(self._kept) - self._standstill.frames // 2
        if end - self._stretch_from < 2 or self._standing is None:
            return None
        stretch = self._kept[self._stretch_from : end]
        height = self._height_m + displacement_m(stretch, self._weight_n)
        lowest = min([float(h.min()) for h in [*self._drops, height]])
        if lowest > -self._settings.least_drop_m:
            self._finish()
            return None
        if float(height[-1]) < self._settings.upright_share * lowest:
            self._drops.append(height)
            self._height_m = float(height[-1])
            self._stretch_from = end
            return None
        bend = self._bend([*self._drops, height], end)
        self._finish()
        return bend

    def _bend(self, heights: list[Floats], end: int) -> Bend | None:
        """Join the stretches; what is left over at the end is drift, taken off along the way."""
        height = np.concatenate(heights)
        height = height - np.linspace(0.0, float(height[-1]), len(height))
        if self._standing is None:
            return None
        return Bend(self._kept[:end], np.maximum(-height, 0.0), self._standing)

    def _finish(self) -> None:
        self._drops = []
        self._height_m = 0.0
        self._kept = self._kept[-(self._standstill.frames // 2) :]
        self._stretch_from = 0

    def _too_long(self) -> bool:
        age_s = self._kept[-1].t_s - self._kept[0].t_s
        return age_s > self._settings.longest_bend_s

    def _start_over(self) -> None:
        self._finish()
        self._standing = None


def displacement_m(stretch: list[Sample], weight_n: float) -> Floats:
    """Displacement (m, + up, (n,)) over a stretch that starts and ends at rest."""
    t = np.array([sample.t_ns for sample in stretch], dtype=np.float64) * 1e-9
    force = np.array([sample.fz_n for sample in stretch])
    acceleration = (force - weight_n) * (GRAVITY / weight_n)
    velocity = _integral(acceleration, t)
    velocity = velocity - velocity[-1] * (t - t[0]) / (t[-1] - t[0])
    return _integral(velocity, t)


def _integral(curve: Floats, t: Floats) -> Floats:
    """Trapezoidal running integral from 0."""
    steps = 0.5 * (curve[1:] + curve[:-1]) * np.diff(t)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _mean_stance(standing: list[Sample]) -> Sample:
    n = len(standing)
    return standing[-1]._replace(
        heel_share=sum(s.heel_share for s in standing) / n,
        asymmetry_pct=sum(s.asymmetry_pct for s in standing) / n,
        cop_ap_mm=sum(s.cop_ap_mm for s in standing) / n,
    )
