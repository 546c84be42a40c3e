"""Newtons from counts, and what the plates say about where the load is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rig.calibration import Calibration
from rig.frames import SIGNALS, Signals

Floats = npt.NDArray[np.float64]

LEFT_HEEL, LEFT_TOE, RIGHT_HEEL, RIGHT_TOE = range(4)
_SIDE_SHARE: Final = 0.25  # a foot must carry this part of the body-on load to have a heel share
_NONE: Final = np.array(0.0)  # an array, for a plain number is made one anew in every call

_RATIOS: Final = (
    "heel_share",
    "heel_share_left",
    "heel_share_right",
    "asymmetry_pct",
    "cop_ml_mm",
    "cop_ap_mm",
)
_ONE: Final = np.array([LEFT_HEEL, RIGHT_HEEL, LEFT_HEEL])  # of the two cells of a sum: left foot,
_OTHER: Final = np.array([LEFT_TOE, RIGHT_TOE, RIGHT_HEEL])  # right foot, both heels
_LEFT, _RIGHT, _HEELS, _TOTAL = range(4)  # these sums, and that of all
_HEEL_SHARE, _ASYMMETRY = _RATIOS.index("heel_share"), _RATIOS.index("asymmetry_pct")
_OF_A_FOOT: Final = slice(_RATIOS.index("heel_share_left"), _RATIOS.index("heel_share_right") + 1)
_COP: Final = slice(_RATIOS.index("cop_ml_mm"), _RATIOS.index("cop_ap_mm") + 1)
_BELOW: Final = {"heel_share_left": _LEFT, "heel_share_right": _RIGHT}  # the others: the total
_WHOLE: Final = np.array([_BELOW.get(name, _TOTAL) for name in _RATIOS])
_UNITS: Final = np.array([[100.0 if name == "asymmetry_pct" else 1.0] for name in _RATIOS])


def _numbers_at(names: Sequence[str]) -> tuple[np.dtype[np.void], int]:
    """The numbers of these fields of SIGNALS as one field, and where it begins.

    They must be neighbours in this order: written together they take a tenth of the time.
    """
    fields: Mapping[str, Any] = SIGNALS.fields or {}
    first = end = fields[names[0]][1]
    for dtype, at, *_ in map(fields.__getitem__, names):
        if at != end or dtype.base != np.float64:
            raise ValueError(f"{', '.join(names)} are no neighbours in SIGNALS")
        end += dtype.itemsize
    return np.dtype(("<f8", ((end - first) // 8,))), first


_PLATES, _PLATES_AT = _numbers_at(("cell_n", "fz_n", *_RATIOS))


class CellScale:
    """Cell counts to newtons: `crosstalk @ ((counts - zero_counts) / counts_per_n)`."""

    def __init__(self, calibration: Calibration) -> None:
        self._zero = np.array([[cell.zero_counts for cell in calibration.cells]])
        self._gain = np.array([[cell.counts_per_n for cell in calibration.cells]])
        self._crosstalk = None if calibration.crosstalk is None else np.array(calibration.crosstalk)

    def force_n(self, counts: npt.NDArray[np.int32]) -> Floats:
        """Force per cell before crosstalk, (n, 4)."""
        scaled: Floats = (counts.astype(np.float64) - self._zero) / self._gain
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
        self._lsb = np.array([[pad.lsb_v for pad in pads]])
        self._supply = np.array([[pad.supply_v for pad in pads]])
        self._highest = 0.999 * self._supply
        self._divider = np.array([[pad.divider_ohm for pad in pads]])
        self._parallel_s = np.array(
            [[0.0 if pad.parallel_ohm is None else 1.0 / pad.parallel_ohm for pad in pads]]
        )
        self._siemens = np.array([[pad.siemens_at_1n for pad in pads]])
        self._inverse_exponent = np.array([[1.0 / pad.exponent for pad in pads]])

    def force_n(self, counts: npt.NDArray[np.int32]) -> Floats:
        """Force per pad, (n, 3); never below 0."""
        volts = counts.astype(np.float64) * self._lsb
        volts = np.minimum(np.maximum(volts, _NONE), self._highest)
        conductance = volts / (self._divider * (self._supply - volts)) - self._parallel_s
        force: Floats = (np.maximum(conductance, _NONE) / self._siemens) ** self._inverse_exponent
        return force


class PlateGeometry:
    """Shares and estimated centre of pressure from the four plate forces."""

    def __init__(self, calibration: Calibration, body_on_n: float) -> None:
        places = np.array([[cell.ml_mm, cell.ap_mm] for cell in calibration.cells])
        self._places_mm = places[:, :, None]  # cells, axes, frames
        foot_on_n = _SIDE_SHARE * body_on_n
        self._least_n = np.array([[foot_on_n if at < _HEELS else body_on_n] for at in _WHOLE])

    def fill(self, out: Signals, force_n: Floats) -> None:
        """Write every plate signal of `out` (n,) from `force_n` (n, 4)."""
        columns = np.empty((*_PLATES.shape, len(out)))
        cells, ratios = columns[:4], columns[5:]
        cells[:] = force_n.T
        sums = _sums(cells)
        columns[4] = sums[_TOTAL]
        whole = sums.take(_WHOLE, axis=0)
        known = whole >= self._least_n
        known[_OF_A_FOOT] &= known[_HEEL_SHARE]  # a foot's share only of somebody who stands there
        ratios.fill(np.nan)
        np.divide(self._parts(cells, sums), whole, out=ratios, where=known)
        ratios *= _UNITS
        out.setfield(columns.T, _PLATES, _PLATES_AT)

    def _parts(self, cells: Floats, sums: Floats) -> Floats:
        """What stands above each ratio, (6, n)."""
        parts = np.empty((len(_WHOLE), cells.shape[1]))
        parts[_HEEL_SHARE], parts[_OF_A_FOOT] = sums[_HEELS], cells[::2]
        np.subtract(sums[_RIGHT], sums[_LEFT], out=parts[_ASYMMETRY])
        moments = self._places_mm * cells[:, None]
        parts[_COP] = moments[0] + moments[1] + moments[2] + moments[3]
        return parts


def _sums(cells: Floats) -> Floats:
    """Force on the left foot, the right one, both heels, and everything, (4, n)."""
    sums = np.empty_like(cells)
    np.add(cells.take(_ONE, axis=0), cells.take(_OTHER, axis=0), out=sums[:_TOTAL])
    np.add(sums[_LEFT], sums[_RIGHT], out=sums[_TOTAL])
    return sums
