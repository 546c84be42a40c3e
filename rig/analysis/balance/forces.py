"""Newtons from counts, and what the plates say about where the load is."""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.calibration import Calibration
from rig.frames import Signals

_RATIOS: Final = (
    "heel_share", "heel_share_left", "heel_share_right", "asymmetry_pct", "cop_ml_mm", "cop_ap_mm",
)  # fmt: skip

Floats = npt.NDArray[np.float64]

LEFT_HEEL, LEFT_TOE, RIGHT_HEEL, RIGHT_TOE = range(4)
_SIDE_SHARE: Final = 0.25  # a foot must carry this part of the body-on load to have a heel share


class CellScale:
    """Cell counts to newtons: `crosstalk @ ((counts - zero_counts) / counts_per_n)`."""

    def __init__(self, calibration: Calibration) -> None:
        self._zero = np.array([cell.zero_counts for cell in calibration.cells])
        self._gain = np.array([cell.counts_per_n for cell in calibration.cells])
        self._crosstalk = None if calibration.crosstalk is None else np.array(calibration.crosstalk)

    def force_n(self, counts: npt.NDArray[np.int32]) -> Floats:
        """Force per cell before crosstalk, (n, 4)."""
        scaled: Floats = (counts - self._zero) / self._gain
        return scaled

    def uncross(self, force_n: Floats) -> Floats:
        """Undo crosstalk; elementwise sums, so that any block split gives the same bits."""
        if self._crosstalk is None:
            return force_n
        columns = [
            sum(
                (force_n[:, k] * row[k] for k in range(1, len(row))),
                start=force_n[:, 0] * row[0],
            )
            for row in self._crosstalk
        ]
        return np.stack(columns, axis=1)


class PadScale:
    """Pad counts to newtons through volts and conductance."""

    def __init__(self, calibration: Calibration) -> None:
        pads = calibration.pads
        self._lsb = np.array([pad.lsb_v for pad in pads])
        self._supply = np.array([pad.supply_v for pad in pads])
        self._divider = np.array([pad.divider_ohm for pad in pads])
        self._parallel_s = np.array(
            [0.0 if pad.parallel_ohm is None else 1.0 / pad.parallel_ohm for pad in pads]
        )
        self._siemens = np.array([pad.siemens_at_1n for pad in pads])
        self._inverse_exponent = np.array([1.0 / pad.exponent for pad in pads])

    def force_n(self, counts: npt.NDArray[np.int32]) -> Floats:
        """Force per pad, (n, 3); never below 0."""
        volts = np.minimum(np.maximum(counts * self._lsb, 0.0), 0.999 * self._supply)
        conductance = volts / (self._divider * (self._supply - volts)) - self._parallel_s
        force: Floats = (np.maximum(conductance, 0.0) / self._siemens) ** self._inverse_exponent
        return force


class PlateGeometry:
    """Shares and estimated centre of pressure from the four plate forces."""

    def __init__(self, calibration: Calibration, body_on_n: float) -> None:
        self._ml = np.array([cell.ml_mm for cell in calibration.cells])
        self._ap = np.array([cell.ap_mm for cell in calibration.cells])
        self._body_on_n = body_on_n

    def fill(self, out: Signals, force_n: Floats) -> None:
        """Write every plate signal of `out` (n,) from `force_n` (n, 4)."""
        lh, lt, rh, rt = force_n.T
        left, right = lh + lt, rh + rt
        total = left + right
        part = np.empty((len(_RATIOS), len(total)))
        part[0], part[1], part[2], part[3] = lh + rh, lh, rh, right - left
        part[4], part[5] = _moment(force_n, self._ml), _moment(force_n, self._ap)
        whole = np.empty_like(part)
        whole[:] = total
        whole[1], whole[2] = left, right
        with np.errstate(invalid="ignore", divide="ignore"):
            known = (whole >= _SIDE_SHARE * self._body_on_n) & (total >= self._body_on_n)
            ratios = np.where(known, part / whole, np.nan)
        ratios[3] *= 100.0
        out["cell_n"] = force_n
        out["fz_n"] = total
        for name, ratio in zip(_RATIOS, ratios, strict=True):
            out[name] = ratio


def _moment(force_n: Floats, position: Floats) -> Floats:
    moments = force_n * position
    total: Floats = moments[:, 0] + moments[:, 1] + moments[:, 2] + moments[:, 3]
    return total
