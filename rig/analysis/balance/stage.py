"""The balance stage: one block of frames in, one block of signals out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.align import Aligner, Floats, Mask, Times
from rig.analysis.balance.contact import ContactLatch
from rig.analysis.balance.forces import CellScale, PadScale, PlateGeometry
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.frames import SIGNALS, Block, Forces, Signals
from rig.names import CELLS, CHANNELS, PADS

_BITS = (1 << np.arange(len(CHANNELS))).astype(np.uint8)


class Balance:
    """Forces, shares, centre of pressure and contacts, with the state between blocks.

    Flagged conversions are never used; a channel without a good one for `stale_ns` is NaN and so
    is everything computed from it.
    """

    def __init__(self, calibration: Calibration, settings: AnalysisSettings) -> None:
        self._cells = CellScale(calibration)
        self._pads = PadScale(calibration)
        self._plates = PlateGeometry(calibration, settings.body_on_n)
        self._cell_time = Aligner(len(CELLS), settings.stale_ns, follow_slope=True)
        self._pad_time = Aligner(len(PADS), settings.stale_ns, follow_slope=False)
        self._contact = ContactLatch(
            len(PADS), settings.contact_lost_n, settings.contact_regained_n
        )

    def feed(self, block: Block) -> Signals:
        """Signals (SIGNALS, same length) for the next frames."""
        good = block["flags"] == 0
        cells, cells_good = self._cells.force_n(block["cell_counts"]), good[:, : len(CELLS)]
        pads, pads_good = self._pads.force_n(block["pad_counts"]), good[:, len(CELLS) :]
        return self._combine(
            block["t_ns"],
            _Readings(block["cell_t_ns"], cells, cells_good),
            _Readings(block["pad_t_ns"], pads, pads_good),
        )

    def feed_forces(self, forces: Forces) -> Signals:
        """Signals for the next rows of FORCES: newtons already, taken at the rows' times."""
        return self._combine(
            forces["t_ns"],
            _of_row_times(forces["t_ns"], forces["cell_n"]),
            _of_row_times(forces["t_ns"], forces["pad_n"]),
        )

    def _combine(self, t_ns: Times, cells: "_Readings", pads: "_Readings") -> Signals:
        out = np.empty(len(t_ns), SIGNALS)
        if not len(t_ns):
            return out
        force = self._cell_time.feed(t_ns, cells.t_ns, cells.force_n, cells.good)
        pad_n = self._pad_time.feed(t_ns, pads.t_ns, pads.force_n, pads.good)
        self._plates.fill(out, self._cells.uncross(force))
        out["pad_n"] = pad_n
        out["contact"] = self._contact.feed(pad_n)
        out["valid"] = _valid_bits(force, pad_n)
        return out


@dataclass(frozen=True)
class _Readings:
    """Conversions of some channels, (n, channels) each: own time, force, whether to use it."""

    t_ns: Times
    force_n: Floats
    good: Mask


def _of_row_times(t_ns: Times, force_n: Floats) -> _Readings:
    times = np.repeat(t_ns[:, None], force_n.shape[1], axis=1)
    return _Readings(times, force_n, np.isfinite(force_n))


def _valid_bits(
    force_n: npt.NDArray[np.float64], pad_n: npt.NDArray[np.float64]
) -> npt.NDArray[np.uint8]:
    cells, pads = np.isfinite(force_n).dot(_BITS[: len(CELLS)]), np.isfinite(pad_n)
    bits: npt.NDArray[np.uint8] = cells + pads.dot(_BITS[len(CELLS) :])
    return bits
