"""The load as far as it is seen: with a dead plate the total is not known, but the rest of it."""

import numpy as np
import numpy.typing as npt

from rig.frames import Signals


def load_seen(signals: Signals) -> npt.NDArray[np.float64]:
    """The total force in newtons, or that on the cells that work where a cell does not.

    NaN where no cell works. Three of four cells carry at least half of whoever stands upright: that
    is enough to tell that somebody is there, and too little to weigh.
    """
    cells = signals["cell_n"]
    works = np.isfinite(cells)
    seen = np.where(works, cells, 0.0).sum(axis=1)
    seen[~works.any(axis=1)] = np.nan
    return np.where(np.isfinite(signals["fz_n"]), signals["fz_n"], seen)
