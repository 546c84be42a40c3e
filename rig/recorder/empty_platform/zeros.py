"""Zeros from an empty, quiet platform.

*Provisional* limits are our own reasoning.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.calibration import Calibration
from rig.frames import Block, Flag
from rig.handover.refusals import refused
from rig.names import CELLS

WINDOW_S: Final = 3.0  # what an automatic tare looks at
COMMAND_WINDOW_S: Final = 2.0  # what is enough when someone asks for it
EMPTY_BELOW_N: Final = 15.0  # provisional: total force of a platform that only drifted
MOVED_BY_N: Final = 0.3  # provisional: smaller changes of a zero are not worth a row
_QUIET_SD_N: Final = 1.0  # provisional: nobody stands that still
_MOST_FLAGGED: Final = 0.2  # provisional: share of doubtful conversions on a busy machine
_FEWEST_PER_S: Final = 5.0  # conversions; the slowest chips give 10 a second
_SHARE_OF_WINDOW: Final = 0.95

Floats = npt.NDArray[np.float64]


def quiet_zeros(frames: Block, window_s: float, calibration: Calibration) -> Floats:
    """Mean counts per cell (4,) over the window. `CommandRefused` says why it is not quiet.

    `frames` are those of the last `window_s` seconds; of the calibration only the gains are used.
    """
    if not len(frames) or _span_s(frames) < _SHARE_OF_WINDOW * window_s:
        raise refused("too_few_frames", window_s=window_s)
    return np.array(
        [_quiet_zero(frames, cell, window_s, calibration) for cell in range(len(CELLS))]
    )


def forces_at(zeros: Floats, calibration: Calibration) -> Floats:
    """What the cells would show, in newtons, if these counts were read."""
    zero = np.array([cell.zero_counts for cell in calibration.cells])
    forces: Floats = (zeros - zero) / _gains(calibration)
    return forces


def _quiet_zero(frames: Block, cell: int, window_s: float, calibration: Calibration) -> float:
    flags = frames["flags"][:, cell]
    counts = frames["cell_counts"][:, cell][flags == 0]
    flagged = np.count_nonzero(flags & ~np.uint32(Flag.NONE))
    if flagged > _MOST_FLAGGED * (flagged + len(counts)):
        raise refused("cell_not_trusted", cell=CELLS[cell])
    if len(counts) < _FEWEST_PER_S * window_s:
        raise refused("cell_silent", cell=CELLS[cell])
    earlier, later = np.array_split(counts / abs(_gains(calibration)[cell]), 2)
    moved_n = abs(float(later.mean() - earlier.mean()))
    spread_n = max(float(earlier.std()), float(later.std()))
    if spread_n >= _QUIET_SD_N or moved_n >= MOVED_BY_N:
        moves_n = round(max(spread_n, moved_n), 1)
        raise refused("not_quiet", cell=CELLS[cell], moves_n=moves_n)
    return float(counts.mean())


def _gains(calibration: Calibration) -> Floats:
    return np.array([cell.counts_per_n for cell in calibration.cells])


def _span_s(frames: Block) -> float:
    return float(frames["t_ns"][-1] - frames["t_ns"][0]) * 1e-9
