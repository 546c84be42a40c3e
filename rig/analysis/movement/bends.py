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


class _Raw:
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
        self._raw = _Raw()
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
