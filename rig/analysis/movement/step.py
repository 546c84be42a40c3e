"""A step: 20 ms of stream time, of which four make a node."""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import CELLS, PADS

STEP_NS: Final = 20_000_000
STEP_S: Final = STEP_NS * 1e-9
NODE_STEPS: Final = 4
NODE_S: Final = NODE_STEPS * STEP_S

NODE_NS: Final = NODE_STEPS * STEP_NS

STEP: Final = np.dtype(
    [
        ("t_s", "<f8"),  # mean time of its frames since the first one of all
        ("fz_n", "<f8"),
        ("heel_share", "<f8"),
        ("asymmetry_pct", "<f8"),
        ("cop_ml_mm", "<f8"),
        ("cop_ap_mm", "<f8"),
        ("cell_n", "<f8", (len(CELLS),)),
        ("pad_n", "<f8", (len(PADS),)),
        ("touch", "<f8", (len(PADS),)),  # share of the step in which the pad touched
        ("pads_valid", "?", (len(PADS),)),
        ("inclination_deg", "<f8"),
        ("inclination_sd_deg", "<f8"),
        ("hole_s", "<f8"),  # length of the hole that it bridges; 0 where it was measured
    ]
)
"""Means over the frames of a step, of what is known in it; NaN where nothing is."""

Steps = npt.NDArray[np.void]  # of STEP


def joined(parts: list[Steps]) -> Steps:
    """The parts, of one dtype, one after another; at the bytes' own speed."""
    if len(parts) == 1:
        return parts[0]
    dtype = parts[0].dtype
    raw = np.dtype((np.void, dtype.itemsize))
    return np.concatenate([part.view(raw) for part in parts]).view(dtype)
