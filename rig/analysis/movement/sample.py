"""One frame's signals as plain numbers, for the frame-by-frame logic of the movement stage."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rig.frames import Signals
from rig.names import CELLS, CHANNELS


class Sample(NamedTuple):
    """Signals at `t_ns` since the first frame; NaN where not known."""

    t_ns: int
    fz_n: float
    heel_share: float
    asymmetry_pct: float
    cop_ml_mm: float
    cop_ap_mm: float
    heel_n: float
    pad_n: tuple[float, float, float]
    contact: tuple[bool, bool, bool]
    pads_valid: tuple[bool, bool, bool]

    @property
    def t_s(self) -> float:
        """Seconds since the first frame."""
        return self.t_ns * 1e-9

    @property
    def known(self) -> bool:
        """Whether all four plates are known."""
        return self.fz_n == self.fz_n


def samples(t_ns: npt.NDArray[np.int64], signals: Signals) -> Iterator[Sample]:
    """The rows of a block one by one."""
    heel = signals["cell_n"][:, 0] + signals["cell_n"][:, 2]
    pads = signals["valid"][:, None] >> np.arange(len(CELLS), len(CHANNELS)) & 1
    columns = [
        t_ns.tolist(),
        signals["fz_n"].tolist(),
        signals["heel_share"].tolist(),
        signals["asymmetry_pct"].tolist(),
        signals["cop_ml_mm"].tolist(),
        signals["cop_ap_mm"].tolist(),
        heel.tolist(),
        map(tuple, signals["pad_n"].tolist()),
        map(tuple, signals["contact"].tolist()),
        map(tuple, pads.astype(bool).tolist()),
    ]
    return map(Sample._make, zip(*columns, strict=True))
