"""A bend while it goes on: its samples from where it began, and its heights if it ended now."""

import math
from array import array
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.grid import STEP_S
from rig.analysis.movement.height import GRAVITY, Height, State
from rig.analysis.movement.sample import Sample

Floats = npt.NDArray[np.float64]
Traced = list[tuple[Sample, State]]

_BEFORE: Final = round(0.3 / STEP_S)  # a bend begins so long before it shows
_START_V: Final = 0.1  # going down slower than this share of the speed seen now: not yet begun
_START_Z: Final = 0.6  # and above this share of the drop seen now
_QUICK_M_S: Final = 0.18
_STANCE: Final = round(1.0 / STEP_S)  # steps of standing that a bend is compared with


@dataclass(frozen=True)
class Bend:
    """From upright to upright: samples, and per sample the drop of the centre of mass (m, >= 0)."""

    samples: list[Sample]
    drop_m: Floats
    standing: Sample
    """What standing just before it looked like: means."""


@dataclass
class Descent:
    """A bend that has begun: samples from there, the forces after the first, the state there."""

    samples: list[Sample]
    force_n: "array[float]"
    start: State
    standing: Sample
    lively: float = 0.0  # sum of the squared deviations of these forces, as shares of weight,
    lively_sum: float = 0.0  # and the sum of what that was at each step
    liveliness: float = 0.0  # s, integral of the same since the bend showed
    lowest_m: float = 0.0  # of height as it is known without a rest
    arrived: int = 0  # steps for which the person would be upright
    slowest: tuple[float, int] = (np.inf, 0)  # least speed since then, and its step

    @classmethod
    def traced_back(cls, traced: Traced, height: Height) -> "Descent":
        """From where the way down began in the trace of standing.

        `height` is set back to there and integrates from there on.
        """
        first = _beginning(traced)
        samples = [sample for sample, _ in traced[first:]]
        standing = mean_stance([s for s, _ in traced[max(first - _STANCE, 0) : first + 1]])
        start = height.state = traced[first][1]
        bend = cls(samples[:1], array("d"), start, standing)
        for later in samples[1:]:
            height.predict(later.fz_n)
            bend._append(later, height)
        return bend

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return len(self.force_n) * STEP_S

    def add(self, sample: Sample, height: Height) -> None:
        """Take the next sample, with the height there."""
        self.lowest_m = min(self.lowest_m, height.state.z)
        self.liveliness += self._append(sample, height) * STEP_S

    def _append(self, sample: Sample, height: Height) -> float:
        """The squared deviation of its force."""
        self.samples.append(sample)
        self.force_n.append(sample.fz_n)
        squared = (sample.fz_n / height.weight_n - 1.0) ** 2
        self.lively += squared
        self.lively_sum += self.lively
        return float(squared)

    def drift_m(self, height: Height) -> float:
        """How far height now would be wrong if the person was at rest; what `heights` takes off."""
        part = self._quick_part(height)
        evenly = (len(self.force_n) + 1) / 2
        grown = (1 - part) * evenly + part * self.lively_sum / max(self.lively, 1e-12)
        return height.state.v * STEP_S * (grown - 0.5)

    def heights(self, height: Height, end: int | None = None) -> Floats:
        """Height (m, + up) at each sample up to `end`, if the person was at rest there.

        What is left of velocity there is error, taken off along the way as it came about: from
        what the weight is wrong by, evenly; from forces that change quickly, where they did.
        """
        share = np.array(self.force_n if end is None else self.force_n[: end - 1])
        share /= height.weight_n
        share -= 1.0
        velocity, heights = np.empty((2, len(share) + 1))
        velocity[0], moving = self.start.v, velocity[1:]
        (share * GRAVITY - self.start.b).cumsum(out=moving)
        moving *= STEP_S
        moving += self.start.v
        moving -= velocity[-1] * self._grown(share, height)
        heights[0], risen = self.start.z, heights[1:]
        ((moving + velocity[:-1]) * (STEP_S / 2)).cumsum(out=risen)
        risen += self.start.z
        return heights

    def _grown(self, share: Floats, height: Height) -> Floats:
        """Share of the final error of velocity that has come about at each step."""
        evenly = np.arange(1.0, len(share) + 1) / len(share)
        lively = (share * share).cumsum()
        part = self._quick_part(height)
        evenly *= 1 - part
        grown: Floats = evenly + part * lively / max(float(lively[-1]), 1e-12)
        return grown

    def _quick_part(self, height: Height) -> float:
        """Share of the error of velocity that is from forces that changed quickly."""
        quick = self.quick_sd_m_s**2
        return quick / (quick + height.state.vv)

    @property
    def quick_sd_m_s(self) -> float:
        """How wrong velocity can be from forces that changed quickly; *provisional*.

        Cells are read one after the other: 3 cm/s after a repetition in half a second a phase.
        """
        return _QUICK_M_S * math.sqrt(self.liveliness)

    def ended(self, height: Height, end: int) -> Bend:
        """The bend, if it ended at sample `end`."""
        drop = np.maximum(-levelled(self.heights(height, end)), 0.0)
        return Bend(self.samples[: len(drop)], drop, self.standing)


def levelled(height: Floats) -> Floats:
    """What is left over at the end is drift, taken off along the way."""
    drift = np.arange(float(len(height)))
    drift *= height[-1] / (len(height) - 1)
    drift[-1] = height[-1]
    level: Floats = height - drift
    return level


def _beginning(traced: Traced) -> int:
    """Where the way down began: a little before it last was not going down."""
    now = traced[-1][1]
    at = len(traced) - 1
    while at > 0 and (traced[at][1].v < _START_V * now.v or traced[at][1].z < _START_Z * now.z):
        at -= 1
    return max(at - _BEFORE, 0)


def mean_stance(standing: list[Sample]) -> Sample:
    """Means over samples of standing."""
    plates = np.array([sample[1:7] for sample in standing]).mean(axis=0)
    pads = np.array([sample.pad_n for sample in standing])
    known = np.isfinite(pads)
    means = np.where(known, pads, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    pad_n = tuple(np.where(known.any(axis=0), means, np.nan).tolist())
    named = dict(zip(Sample._fields[1:7], plates.tolist(), strict=True))
    return standing[-1]._replace(pad_n=pad_n, **named)
