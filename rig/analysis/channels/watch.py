"""All doubts about channels in one place, each told once until the channel is right again."""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.channels.cells import DeadCells
from rig.analysis.channels.doubt import Doubt, Reason
from rig.analysis.channels.pads import BrokenPads
from rig.analysis.channels.slow import DriftWatch, SwapWatch
from rig.analysis.settings import ChannelSettings
from rig.names import CELLS

_AGAIN_NS: Final = 2_000_000_000  # after so long without it, the same is told again


class ChannelWatch:
    """Takes what the steps of the analysis see of the channels."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._both_feet = settings.swap_both_feet
        self.cells = DeadCells(settings)
        self.pads = BrokenPads(settings)
        self._drift = DriftWatch(settings)
        self._swap = SwapWatch(settings)
        self._seen_ns: dict[Doubt, int] = {}

    def start(self) -> None:
        """Somebody stepped on."""
        self.cells.start()
        self._drift.start()
        self._swap.start()

    def frames(
        self,
        t_ns: npt.NDArray[np.int64],
        reasons: npt.NDArray[np.int8],
        names: tuple[Reason | None, ...],
    ) -> list[tuple[int, Doubt]]:
        """New doubts of frames, from a number in `names` for each cell (n, 4), with their times."""
        if not reasons.any():
            return []
        rows, cells = reasons.nonzero()
        found = []
        for row, cell in zip(rows.tolist(), cells.tolist(), strict=True):
            reason = names[int(reasons[row, cell])]
            if reason and self._is_new(doubt := Doubt(CELLS[cell], reason), int(t_ns[row])):
                found.append((int(t_ns[row]), doubt))
        return found

    def standing(self, t_s: float, cell_n: list[float], *, still: bool) -> list[Doubt]:
        """New doubts of what shows slowly, from mean forces of a node; NaN where not known."""
        if any(force != force for force in cell_n):
            return []
        left_heel, left_toe, right_heel, right_toe = cell_n
        found = self._drift.feed(t_s, cell_n) if still else []
        left, right = left_heel + left_toe, right_heel + right_toe
        if min(left, right) > self._both_feet * max(left, right):
            found += self._swap.feed(left_heel / left, right_heel / right)
        return found

    def _is_new(self, doubt: Doubt, t_ns: int) -> bool:
        new = not self._recently(doubt, t_ns)
        self._seen_ns[doubt] = t_ns
        saturated = doubt._replace(reason="saturated")  # which does not change either
        return new and (doubt == saturated or not self._recently(saturated, t_ns))

    def _recently(self, doubt: Doubt, t_ns: int) -> bool:
        return t_ns - self._seen_ns.get(doubt, -_AGAIN_NS - 1) <= _AGAIN_NS
