"""Conversions of cells that are not to be used although no chip has said so."""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.frozen import FrozenWatch, saturated
from rig.analysis.balance.jumps import JumpGuard
from rig.analysis.channels.doubt import Reason
from rig.analysis.settings import BalanceSettings
from rig.names import CELLS

REASONS: Final[tuple[Reason | None, ...]] = (None, "frozen", "saturated")
"""What a number in `reasons` means."""

_FROZEN, _SATURATED = 1, 2

Mask = npt.NDArray[np.bool_]

_NOTHING: Final[Mask] = np.zeros((0, len(CELLS)), np.bool_)
_NO_REASONS: Final = np.zeros((0, len(CELLS)), np.int8)


class CellGuard:
    """Keeps jumps, frozen and saturated cells out.

    `reasons` (n, 4) says why for each frame of the last block, and is empty where there is nothing
    to say; `jumps` (4,) counts wrong conversions since the beginning.
    """

    def __init__(self, settings: BalanceSettings) -> None:
        self._jumps = JumpGuard(len(CELLS), settings.jump_n)
        self._frozen = FrozenWatch(len(CELLS), settings.frozen_ns)
        self._frozen_file = FrozenWatch(len(CELLS), settings.frozen_file_ns)
        self.jumps = np.zeros(len(CELLS), np.int64)
        self.reasons = _NO_REASONS

    def keep_out(
        self,
        t_ns: npt.NDArray[np.int64],
        counts: npt.NDArray[np.int32] | None,
        force_n: npt.NDArray[np.float64],
        good: npt.NDArray[np.bool_],
    ) -> None:
        """Clear in `good` (n, channels) what is not to be used of at least one frame's cells.

        `counts` (n, 4) are None for a file in newtons; such files may be rounded, so that cells
        repeat their value for long.
        """
        cells = good[:, : len(CELLS)]
        if counts is None:
            frozen, ends = self._frozen_file.feed(t_ns, force_n, cells), _NOTHING
        else:
            frozen, ends = self._frozen.feed(t_ns, counts, cells), saturated(counts) & cells
        self.reasons = _reasons(frozen, ends) if frozen.any() or ends.any() else _NO_REASONS
        if len(self.reasons):
            cells &= self.reasons == 0
        use, jumped = self._jumps.feed(force_n, cells)
        if use is not cells:
            cells[:] = use
            self.jumps = self.jumps + jumped.sum(axis=0)


def _reasons(frozen: Mask, ends: Mask) -> npt.NDArray[np.int8]:
    """The number of a reason for each frame and cell."""
    reasons = np.zeros(frozen.shape, np.int8)
    reasons[frozen] = _FROZEN
    if len(ends):
        reasons[ends] = _SATURATED
    return reasons
