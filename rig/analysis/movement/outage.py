"""Total force while one cell is missing for a moment, from the other three.

The load on a foot goes to its heel and toes much as it does on the other foot, apart from a
constant of the person's stance, so the missing cell is its foot's other cell times the other
foot's ratio times that constant. On simulated bodies outages up to 1.5 s so lose no repetition.
Shares and centre of pressure are not worked out from a force that nobody measured.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.step import STEP_S, Steps

_LONGEST: Final = round(1.5 / STEP_S)
_LOOKED_AT: Final = round(0.5 / STEP_S)  # before the outage
_LEAST_N: Final = 10.0  # a cell with less says nothing of a ratio
_SAME_FOOT: Final = (1, 0, 3, 2)
_OTHER_FOOT: Final = (2, 3, 0, 1)

Floats = npt.NDArray[np.float64]


class OutageFiller:
    """Fills `fz_n` and `asymmetry_pct` of steps in place, as they come."""

    def __init__(self) -> None:
        self._before: Floats = np.zeros((0, 4))  # forces of the last steps that were whole
        self._steps = 0  # of the outage so far

    def fill(self, steps: Steps) -> None:
        """Take the next steps."""
        known = np.isfinite(steps["cell_n"])
        whole = known.all(axis=1)
        if whole.all():
            self._steps = 0
            self._remember(steps["cell_n"])
            return
        for at, (one_whole, one_known) in enumerate(zip(whole.tolist(), known, strict=True)):
            if one_whole:
                self._steps = 0
                self._remember(steps["cell_n"][at : at + 1])
                continue
            self._steps += 1
            missing = (~one_known).nonzero()[0]
            if len(missing) == 1 and self._steps <= _LONGEST:
                self._estimate(steps[at : at + 1], int(missing[0]))

    def _remember(self, cell_n: Floats) -> None:
        self._before = np.concatenate([self._before, cell_n[-_LOOKED_AT:]])[-_LOOKED_AT:]

    def _estimate(self, step: Steps, missing: int) -> None:
        mate, twin = _SAME_FOOT[missing], _OTHER_FOOT[missing]
        twin_mate = _SAME_FOOT[twin]
        if not len(self._before) or (self._before.mean(axis=0) < _LEAST_N).any():
            return
        usual = self._before.mean(axis=0)
        constant = usual[missing] / usual[mate] * usual[twin_mate] / usual[twin]
        cell_n = step["cell_n"][0].copy()
        if cell_n[twin_mate] < _LEAST_N:
            return
        cell_n[missing] = cell_n[mate] * cell_n[twin] / cell_n[twin_mate] * constant
        left, right = float(cell_n[0] + cell_n[1]), float(cell_n[2] + cell_n[3])
        step["fz_n"] = left + right
        step["asymmetry_pct"] = 100 * (right - left) / max(left + right, 1.0)
