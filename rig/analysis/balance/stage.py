"""The balance stage: one block of frames in, one block of signals out."""

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.align import Aligner
from rig.analysis.balance.contact import ContactLatch
from rig.analysis.balance.forces import CellScale, PadScale, PlateGeometry
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.frames import SIGNALS, Block, Signals
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
        out = np.empty(len(block), SIGNALS)
        if not len(block):
            return out
        good = block["flags"] == 0
        force = self._cell_time.feed(
            block["t_ns"],
            block["cell_t_ns"],
            self._cells.force_n(block["cell_counts"]),
            good[:, : len(CELLS)],
        )
        pad_n = self._pad_time.feed(
            block["t_ns"],
            block["pad_t_ns"],
            self._pads.force_n(block["pad_counts"]),
            good[:, len(CELLS) :],
        )
        self._plates.fill(out, self._cells.uncross(force))
        out["pad_n"] = pad_n
        out["contact"] = self._contact.feed(pad_n)
        out["valid"] = _valid_bits(force, pad_n)
        return out


def _valid_bits(
    force_n: npt.NDArray[np.float64], pad_n: npt.NDArray[np.float64]
) -> npt.NDArray[np.uint8]:
    known = np.isfinite(np.concatenate([force_n, pad_n], axis=1))
    bits: npt.NDArray[np.uint8] = (known * _BITS).sum(axis=-1, dtype=np.uint8)
    return bits
