"""Frames, signals and what the frame ring carries: the row formats that all processes share.

A *frame* is one row per 10 ms host tick. Per channel it holds the oldest conversion that no
earlier frame held, with that conversion's own time; a tick without a new one is flagged `NONE`.
Every good conversion stands in exactly one frame. A *block* is an array of frames.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from drivers.conversion import Flag
from rig.channels import CELL, IMU, PAD, TABLE, Kind, Table, groups, names_of
from rig.names import PADS

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
    "frame_dtype",
]

TICK_NS: Final = 10_000_000

_Field = tuple[str, str] | tuple[str, str, tuple[int]]


def frame_dtype(table: Table = TABLE) -> np.dtype[np.void]:
    """A frame's row for a table of channels; `flags` are `drivers.conversion.Flag` per channel."""
    fields: list[_Field] = [("seq", "<u8"), ("t_ns", "<i8")]  # the tick, monotonic
    for kind, names, _ in groups(table):
        fields.append((kind.field, kind.dtype, (kind.width * len(names),)))
        fields.append((f"{kind.name}_t_ns", "<i8", (len(names),)))  # each conversion's own time
    fields.append(("flags", "<u4", (len(table),)))
    fields.append(("cal", "<u4"))  # calibration generation, 0: counts only
    fields.append(("inputs", "<u1"))  # bit 0: button pressed
    return np.dtype(fields)


FRAME: Final = frame_dtype()


def _of_each(kind: Kind) -> _Field:
    """What stands behind a kind's counts at the frame's time, in its unit; NaN: not known."""
    return f"{kind.name}_{kind.unit}", "<f8", (len(names_of(kind)),)


SIGNALS: Final = np.dtype(
    [
        _of_each(CELL),
        ("fz_n", "<f8"),  # total force; NaN unless all four cells are known
        ("heel_share", "<f8"),  # heel force over total, 0..1; NaN below the body-on threshold
        ("heel_share_left", "<f8"),
        ("heel_share_right", "<f8"),
        ("asymmetry_pct", "<f8"),  # 100 (R-L)/(R+L), + = more on the right
        ("cop_ml_mm", "<f8"),  # + to the right
        ("cop_ap_mm", "<f8"),  # + forward
        _of_each(PAD),
        ("contact", "?", (len(PADS),)),
        ("valid", "<u4"),  # bit per channel in CHANNELS order: a fresh, trusted value stands behind
        ("inclination_deg", "<f8"),  # of the dowel, + forward of upright; NaN: not known
        ("inclination_sd_deg", "<f8"),  # its standard uncertainty
    ]
)

LIVE: Final = np.dtype([("frame", FRAME), ("signals", SIGNALS)])
"""What one slot of the frame ring carries: the frame and the signals that the sampler computed."""

FORCES: Final = np.dtype(
    [
        ("t_ns", "<i8"),
        _of_each(CELL),
        _of_each(PAD),
        (IMU.field, IMU.dtype, (IMU.width,)),
        ("imu_t_ns", "<i8", (1,)),
    ]
)
"""What files in newtons hold instead of frames; NaN where a value is not known."""

Block = npt.NDArray[np.void]  # of FRAME
Signals = npt.NDArray[np.void]  # of SIGNALS
Forces = npt.NDArray[np.void]  # of FORCES
LiveBlock = npt.NDArray[np.void]  # of LIVE
