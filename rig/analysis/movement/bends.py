"""Bends: vertical displacement of the centre of mass between standstills, paired across the pause.

Total force over mass, less gravity, is the acceleration of the centre of mass. Integrated twice
between two standstills, with a straight line taken off the velocity so that it is zero at both
ends, it gives the displacement; the line also takes out whatever the body weight is wrong by.
A stretch that ends low (a pause at the bottom) is joined with the next, until the person is up.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.rest import GRAVITY, RawMotion, Standstill
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bend:
    """From upright to upright: samples, and per sample the drop of the centre of mass (m, >= 0)."""

    samples: list[Sample]
    drop_m: Floats
    standing: Sample
    """What standing just before it looked like: `heel_share` and `asymmetry_pct` are means."""


class BendFinder:
    """Collects samples of a weighed person and gives a `Bend` when the person is upright again.

    A bend ends at a standstill, or where the person turns near upright to go down again. A moment
    without acceleration in the middle of a slow bend is no standstill: the velocity integrated up
    to there says so.
    """

    def __init__(
        self, settings: AnalysisSettings, body_weight_n: float, quiet: float = 0.0
    ) -> None:
        self._settings = settings
        self._standstill = Standstill(settings, quiet)
        self._drift_m_s2 = settings.rest_m_s2 + settings.rest_quiets_m_s2 * quiet
        self._weight_n = body_weight_n
        self._raw = RawMotion()
        self._kept: list[Sample] = []  # since the last upright rest
        self._drops: list[Floats] = []  # of stretches that ended low
        self._stretch_from = 0  # index in `_kept`
        self._height_m = 0.0
        self._still_since_s: float | None = None
        self._resting = False
        self._standing: list[Sample] = []  # the last upright rest

    @property
    def height_m(self) -> float:
        """Where the last rest was: 0 upright, below 0 in a pause at the bottom."""
        return self._height_m

    @property
    def still(self) -> bool:
        """Whether the person is at rest now."""
        return self._resting

    @property
    def upright(self) -> bool:
        """Whether the person is at rest and upright now."""
        return self._resting and not self._drops

    def feed(self, sample: Sample) -> Bend | None:
        """Take a sample of a person on the platform, all plates known."""
        self._kept.append(sample)
        self._raw.feed(sample, self._weight_n)
        was_resting, self._resting = self._resting, self._at_rest(sample)
        bend = None
        if self._resting and not was_resting:
            bend = self._arrive(len(self._kept) - self._standstill.frames // 2)
        elif not self._resting and self._turned():
            bend = self._arrive(self._top(), self._raw.velocity)
        if self.upright:
            self._stand()
        elif self._too_long():
            self._start_over()
        return bend

    def _at_rest(self, sample: Sample) -> bool:
        """Still, and not in the middle of a slow movement."""
        if not self._standstill.feed(sample, self._weight_n):
            self._still_since_s = None
            return False
        if self._still_since_s is None:
            self._still_since_s = sample.t_s
        s = self._settings
        slow = abs(self._raw.velocity) <= s.rest_m_s + self._drift_m_s2 * self._raw.seconds
        return slow or sample.t_s - self._still_since_s >= s.still_for_sure_s

    def _turned(self) -> bool:
        """Risen near to upright after a real drop, and clearly on the way down again."""
        raw, s = self._raw, self._settings
        return (
            raw.rose_until is not None
            and raw.velocity < -s.rest_m_s
            and raw.seconds < s.turn_within_s
            and raw.lowest < -2 * s.least_drop_m
            and raw.height > s.turn_share * raw.lowest
        )

    def _top(self) -> int:
        """Index in `_kept` of the sample after the last one that went up."""
        return len(self._kept) - (self._raw.samples - (self._raw.rose_until or 0))

    def _stand(self) -> None:
        """Standing upright: only the window's newer half can belong to the next bend."""
        self._weight_n += self._settings.weight_follow * (
            self._standstill.mean_force_n() - self._weight_n
        )
        self._standing = self._kept[-self._standstill.frames :]
        self._kept = self._kept[-(self._standstill.frames // 2) :]
        self._stretch_from = 0
        self._raw.restart(0.0)

    def _arrive(self, end: int, velocity_m_s: float = 0.0) -> Bend | None:
        """At rest at `end` after movement: work the stretch out, and see where it ended.

        `velocity_m_s` is what the person has gathered since.
        """
        if end - self._stretch_from < 2 or not self._standing:
            return None
        stretch = self._kept[self._stretch_from : end]
        height = self._height_m + displacement_m(stretch, self._weight_n)
        lowest = min([float(h.min()) for h in [*self._drops, height]])
        highest = max([float(h.max()) for h in [*self._drops, height]])
        if -lowest < max(self._least_drop_m(end), highest):  # no drop, or more of a rise
            self._finish(end, velocity_m_s)
            return None
        if float(height[-1]) < self._settings.upright_share * lowest:
            self._drops.append(height)
            self._height_m = float(height[-1])
            self._stretch_from = end
            self._raw.restart(self._height_m)
            return None
        bend = self._bend([*self._drops, height], end)
        self._finish(end, velocity_m_s)
        return bend

    def _least_drop_m(self, end: int) -> float:
        s = self._settings
        seconds = self._kept[end - 1].t_s - self._kept[0].t_s
        return min(s.least_drop_m + s.least_drop_m_s2 * seconds**2, s.least_drop_most_m)

    def _bend(self, heights: list[Floats], end: int) -> Bend:
        """Join the stretches; what is left over at the end is drift, taken off along the way."""
        height = np.concatenate(heights)
        height = height - np.linspace(0.0, float(height[-1]), len(height))
        standing = _mean_stance(self._standing)
        return Bend(self._kept[:end], np.maximum(-height, 0.0), standing)

    def _finish(self, end: int, velocity_m_s: float = 0.0) -> None:
        """Upright at `end`: what comes after belongs to the next bend."""
        self._drops = []
        self._height_m = 0.0
        self._kept = self._kept[end:]
        self._stretch_from = 0
        self._raw.restart(0.0, velocity_m_s)

    def _too_long(self) -> bool:
        age_s = self._kept[-1].t_s - self._kept[0].t_s if self._kept else 0.0
        return age_s > self._settings.longest_bend_s

    def _start_over(self) -> None:
        self._finish(len(self._kept))
        self._standing = []


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
        pad_n=(
            sum(s.pad_n[0] for s in standing) / n,
            sum(s.pad_n[1] for s in standing) / n,
            sum(s.pad_n[2] for s in standing) / n,
        ),
    )
