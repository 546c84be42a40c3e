"""The dowel's inclination takes the lead where it is known.

Keeps the latest steps, also those without a known force, so that a bend can be looked at whatever
the plates say; hands out bends as the angle decides them, node by node.
"""

from collections import deque
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.lean_settings import LeanSettings
from rig.analysis.movement.bend import Bend
from rig.analysis.movement.lean import Lean, LeanFinder
from rig.analysis.movement.step import STEP_S, Steps, joined
from rig.analysis.movement.trellis import GRAVITY
from rig.analysis.movement.windows import solved

Floats = npt.NDArray[np.float64]

_STANCE_S: Final = 1.0  # of standing that a bend is compared with
_AROUND_S: Final = 0.1  # beyond the edges, where one is at rest
_WHOLE: Final = 0.9  # of the steps must be known for a drop


class Led(NamedTuple):
    """What a node's steps decided, at the frame in this row of the block."""

    row: int
    leans: list[Lean]


class Lead:
    """Follows the inclination of one dowel after another."""

    def __init__(self, settings: LeanSettings) -> None:
        self._settings = settings
        self.finder = LeanFinder(settings)
        self._waiting: deque[tuple[int, Steps]] = deque()
        self._recent: deque[Steps] = deque()
        self._told: deque[tuple[float, float]] = deque(maxlen=8)
        self._ever = False

    def take(self, rows: list[int], steps: Steps) -> None:
        """The next steps, and for each the row of the frame that completed its node."""
        known = np.isfinite(steps["inclination_deg"])
        if not self._ever and not known.any():
            return
        ends = [n for n in range(1, len(rows)) if rows[n] != rows[n - 1]]
        for first, last in zip([0, *ends], [*ends, len(rows)], strict=True):
            self._ever = self._ever or bool(known[first:last].any())
            if self._ever:
                self._waiting.append((rows[first], steps[first:last].copy()))

    def until(self, row: int) -> Led | None:
        """What the next node decides, if it was complete at the frame in this row."""
        if not self._waiting or self._waiting[0][0] > row:
            return None
        return self._next()

    def _next(self) -> Led:
        row, steps = self._waiting.popleft()
        self._recent.append(steps)
        oldest_s = float(steps["t_s"][-1]) - self._settings.kept_s
        while float(self._recent[0]["t_s"][-1]) < oldest_s:
            self._recent.popleft()
        leans = self.finder.feed(steps["t_s"].tolist(), steps["inclination_deg"].tolist())
        leans = [lean for lean in leans if lean.peak_deg >= self._settings.least_deg]
        self._told.extend(lean.span for lean in leans)
        return Led(row, leans)

    def knows(self, bend: Bend) -> bool:
        """Whether the angle was known in the lower half of what the plates take for a bend."""
        low = bend.drop_m >= bend.drop_m.max() / 2
        return self.finder.known_from_s <= float(bend.steps["t_s"][low][0])

    def saw(self, bend: Bend) -> bool:
        """Whether the angle has told a bend in that time, or is in one."""
        start_s, end_s = float(bend.steps["t_s"][0]), float(bend.steps["t_s"][-1])
        least_s = self._settings.overlap * (end_s - start_s)
        return self.finder.deep_since(self._settings.least_deg) < end_s or any(
            min(end, end_s) - max(start, start_s) > least_s for start, end in self._told
        )

    def bend(self, lean: Lean) -> Bend:
        """With what plates and pads say of it; its drop is NaN where total force is not known."""
        start_s, end_s = lean.span
        steps = joined(list(self._recent))
        t = steps["t_s"]
        before = steps[(t >= start_s - _STANCE_S) & (t <= start_s)]
        inside = steps[(t >= start_s - _AROUND_S) & (t <= end_s + _AROUND_S)]
        drop_m, weight_n = _drop(inside["fz_n"], self._settings.deepest_m)
        return Bend(inside.copy(), drop_m, before.copy(), weight_n)


def _drop(force_n: Floats, deepest_m: float) -> tuple[Floats, float]:
    """How far (m, >= 0) the centre of mass is down at each step, and the weight (N).

    From rest to rest, upright at both ends: that gives weight and starting velocity (`windows.py`).
    NaN where the force is not known well enough, or is none of somebody who bends.
    """
    known = np.isfinite(force_n)
    if len(force_n) < 2 or known.mean() < _WHOLE:
        return np.full(len(force_n), np.nan), float("nan")
    at = np.arange(float(len(force_n)))
    force_n = np.interp(at, at[known], force_n[known])
    weight_n = float(force_n.mean())
    velocity = GRAVITY * np.cumsum(force_n / weight_n - 1) * STEP_S
    height = np.cumsum(velocity) * STEP_S
    tau = (at + 1) * STEP_S
    error, start = solved(velocity[-1:], height[-1:], tau[-1:])
    height += tau * (start - error / 2 * tau)
    if float(-height.min()) > deepest_m:
        return np.full(len(force_n), np.nan), weight_n
    weight_n *= 1 + float(error[0]) / GRAVITY
    return np.maximum(-height, 0.0), weight_n
