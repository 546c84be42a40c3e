"""Frames, signals and what the frame ring carries: the row formats that all processes share.

A *frame* is one row per 10 ms host tick. Per channel it holds the oldest conversion that no
earlier frame held, with that conversion's own time; a tick without a new one is flagged `NONE`.
Every good conversion stands in exactly one frame. A *block* is an array of frames.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from drivers.conversion import Flag
from rig.names import CELLS, CHANNELS, PADS

__all__ = [
    "FORCES",
    "FRAME",
    "LIVE",
    "SIGNALS",
    "TICK_NS",
    "Block",
    "Flag",
    "Forces",
    "LiveBlock",
    "Signals",
]

TICK_NS: Final = 10_000_000

FRAME: Final = np.dtype(
    [
        ("seq", "<u8"),
        ("t_ns", "<i8"),  # the tick, monotonic
        ("cell_counts", "<i4", (len(CELLS),)),
        ("cell_t_ns", "<i8", (len(CELLS),)),
        ("pad_counts", "<i4", (len(PADS),)),
        ("pad_t_ns", "<i8", (len(PADS),)),
        ("flags", "<u4", (len(CHANNELS),)),  # drivers.conversion.Flag per channel
        ("cal", "<u4"),  # calibration generation, 0: counts only
        ("inputs", "<u1"),  # bit 0: button pressed
    ]
)

SIGNALS: Final = np.dtype(
    [
        ("cell_n", "<f8", (len(CELLS),)),  # force per cell at the frame's time; NaN: not known
        ("fz_n", "<f8"),  # total force; NaN unless all four cells are known
        ("heel_share", "<f8"),  # heel force over total, 0..1; NaN below the body-on threshold
        ("heel_share_left", "<f8"),
        ("heel_share_right", "<f8"),
        ("asymmetry_pct", "<f8"),  # 100 (R-L)/(R+L), + = more on the right
        ("cop_ml_mm", "<f8"),  # + to the right
        ("cop_ap_mm", "<f8"),  # + forward
        ("pad_n", "<f8", (len(PADS),)),  # NaN: not known
        ("contact", "?", (len(PADS),)),
        ("valid", "<u1"),  # bit per channel in CHANNELS order: a fresh, trusted value stands behind
    ]
)

LIVE: Final = np.dtype([("frame", FRAME), ("signals", SIGNALS)])
"""What one slot of the frame ring carries: the frame and the signals that the sampler computed."""

FORCES: Final = np.dtype(
    [
        ("t_ns", "<i8"),
        ("cell_n", "<f8", (len(CELLS),)),  # NaN: not known
        ("pad_n", "<f8", (len(PADS),)),
    ]
)
"""What files in newtons hold instead of frames."""

Block = npt.NDArray[np.void]  # of FRAME
Signals = npt.NDArray[np.void]  # of SIGNALS
Forces = npt.NDArray[np.void]  # of FORCES
LiveBlock = npt.NDArray[np.void]  # of LIVE
