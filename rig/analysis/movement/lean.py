"""Bends of the trunk in the dowel's inclination, where its sensor gives one.

No weight, no integral, no arrival: a bend begins above one angle and ends below another, and where
it passed 2 % of its peak is worked out once it is over (`excursion.py`). It is told as soon as its
end has passed, or when the next one begins.
"""

from collections import deque
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.lean_settings import LeanSettings
from rig.analysis.movement.excursion import Excursion, excursion
from rig.analysis.movement.step import STEP_S

Floats = npt.NDArray[np.float64]

_EDGE_LEVELS: Final = (0.10, 0.35)  # of the peak; lower than in a drop: an angle is less noisy
_SMOOTHED: Final = 3  # steps
_SETTLED: Final = 15


class Lean(NamedTuple):
    """A bend: its times, depth over time, and how far (degrees) the trunk leant at its peak."""

    there: Excursion
    peak_deg: float

    @property
    def span(self) -> tuple[float, float]:
        """Start and end, s."""
        return self.there.start_s, self.there.end_s


class LeanFinder:
    """Takes the inclination step by step; NaN where it is not known."""

    def __init__(self, settings: LeanSettings) -> None:
        self._settings = settings
        self._t: deque[float] = deque()
        self._deg: deque[float] = deque()
        self._known_from = np.inf
        self._told_to = -np.inf
        self._begin()

    def _begin(self) -> None:
        self._bending = False
        self._upright = False  # seen since the angle is known: a bend's start must be
        self._peak = self._low = 0.0
        self._low_at = self._from_s = 0.0

    def feed(self, t_s: list[float], deg: list[float]) -> list[Lean]:
        """Bends that these steps decide, in order."""
        found = []
        for t, angle in zip(t_s, deg, strict=True):
            if angle != angle:
                self._miss(t)
            else:
                found += self._step(t, angle)
        return found

    @property
    def known(self) -> bool:
        """Whether the angle is known now, but for a short hole."""
        return bool(self._t)

    @property
    def open(self) -> bool:
        """Whether a bend has begun and is not told yet."""
        return self._bending

    @property
    def known_from_s(self) -> float:
        """Since when the angle has been known without a longer hole; infinite if it is not."""
        return self._known_from

    def deep_since(self, least_deg: float) -> float:
        """Since when (s) the trunk is in a bend so deep; infinite if it is not."""
        return self._from_s if self._bending and self._peak >= least_deg else np.inf

    def highest(self, start_s: float, end_s: float) -> float:
        """The greatest inclination (degrees) in a time that is known."""
        inside = [a for t, a in zip(self._t, self._deg, strict=True) if start_s <= t <= end_s]
        return max(inside, default=0.0)

    def speed_deg_s(self) -> float | None:
        """How fast the trunk goes down in a bend; None while it does not bend."""
        if not self._bending or len(self._deg) <= self._settings.speed_steps:
            return None
        back = self._settings.speed_steps
        return (self._deg[-1] - self._deg[-1 - back]) / (self._t[-1] - self._t[-1 - back])

    def _miss(self, t: float) -> None:
        if self._t and t - self._t[-1] > self._settings.bridged_s:
            self._t.clear()
            self._deg.clear()
            self._known_from = np.inf
            self._begin()

    def _step(self, t: float, angle: float) -> list[Lean]:
        if not self._t:
            self._known_from = self._told_to = t
        else:
            self._bridge(t, angle)
        self._t.append(t)
        self._deg.append(angle)
        while self._t[-1] - self._t[0] > self._settings.kept_s:
            self._t.popleft()
            self._deg.popleft()
        return self._follow(t, angle)

    def _bridge(self, t: float, angle: float) -> None:
        """A straight line over a short hole."""
        before_s, before = self._t[-1], self._deg[-1]
        missing = round((t - before_s) / STEP_S) - 1
        for n in range(1, missing + 1):
            share = n / (missing + 1)
            self._t.append(before_s + share * (t - before_s))
            self._deg.append(before + share * (angle - before))

    def _follow(self, t: float, angle: float) -> list[Lean]:
        self._upright = self._upright or angle < self._settings.ends_deg
        if not self._bending:
            if angle > self._settings.begins_deg and self._upright:
                self._bending, self._from_s = True, t
                self._turn(t, angle)
            return []
        if angle > self._peak:
            self._turn(t, angle)
        if angle < self._low:
            self._low, self._low_at = angle, t
        if self._begins_again(angle):
            found = self._tell(self._low_at)
            self._bending, self._from_s = angle > self._settings.begins_deg, self._low_at
            self._turn(t, angle)
            return found
        return self._end(t, angle)

    def _turn(self, t: float, angle: float) -> None:
        """The deepest so far is here."""
        self._peak = self._low = angle
        self._low_at = t

    def _begins_again(self, angle: float) -> bool:
        """Whether somebody who nearly came up leans again."""
        s = self._settings
        least = max(s.again_share * self._peak, s.begins_deg / 2)
        return angle - self._low > least and self._low < s.again_share * self._peak

    def _end(self, t: float, angle: float) -> list[Lean]:
        """The bend, if it is over."""
        s = self._settings
        lowest_for_s = t - self._low_at
        if lowest_for_s >= s.slipped_s and angle < min(s.slipped_deg, s.again_share * self._peak):
            self._bending = self._upright = False  # the dowel has slipped: this is upright now
            return self._tell(t, slipped=True)
        upright = max(s.ends_deg, s.ends_share * self._peak)
        if angle >= upright or self._low > upright:
            return []
        if lowest_for_s < s.rest_s and t < self._expected_end() + s.after_s:
            return []
        self._bending = False
        return self._tell(t)

    def _expected_end(self) -> float:
        lean = self._measured(self._t[-1])
        return lean.there.end_s if lean else self._t[-1]

    def _tell(self, end_s: float, *, slipped: bool = False) -> list[Lean]:
        lean = self._measured(end_s, slipped=slipped)
        self._told_to = end_s
        return [lean] if lean else []

    def _measured(self, end_s: float, *, slipped: bool = False) -> Lean | None:
        """The bend since the last one that was told, up to a time; `slipped`: it ends off zero."""
        t, deg = np.array(self._t), np.array(self._deg)
        mine = (t > self._told_to) & (t <= end_s)
        t, deg = t[mine], _smooth(deg[mine])
        if not len(t):
            return None
        peak = int(deg.argmax())
        below = (deg[:peak] < self._settings.ends_deg / 2).nonzero()[0]
        first = (
            max(int(below[-1]) - round(self._settings.before_s / STEP_S), 0) if len(below) else 0
        )
        t, deg = t[first:], deg[first:]
        rest = float(np.clip(np.median(deg[: max(peak - first, 1)][:_SMOOTHED]), -4.0, 4.0))
        over = np.maximum(deg - rest, 0.0)
        if not over.max() > 0:
            return None
        if slipped:
            top, after = peak - first, float(np.median(deg[-_SETTLED:]))
            scale = (deg[top] - rest) / (deg[top] - after)
            over[top:] = np.maximum(deg[top:] - after, 0.0) * scale
        return Lean(excursion(t, over * over, *_EDGE_LEVELS), float(deg.max() - rest))


def _smooth(values: Floats) -> Floats:
    """Means of three; the ends as they are."""
    if len(values) < _SMOOTHED:
        return values
    out = values.copy()
    out[1:-1] = (values[:-2] + values[1:-1] + values[2:]) / _SMOOTHED
    return out
