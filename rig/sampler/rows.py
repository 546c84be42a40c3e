"""Rows of the frame ring: frames with the signals that the control page's calibration gives."""

import numpy as np

from rig.analysis.balance import Balance
from rig.analysis.settings import AnalysisSettings
from rig.frames import LIVE, SIGNALS, Block, LiveBlock, Signals
from rig.sampler.control import Control


class RowMaker:
    """Makes LIVE rows of frames; until there is a calibration their signals are not known."""

    def __init__(self) -> None:
        self.cal = 0
        self._balance: Balance | None = None

    def follow(self, control: Control) -> None:
        """Go on with another calibration, from its beginning."""
        self.cal = control.page.cal
        self._balance = Balance(
            control.calibration,
            AnalysisSettings(
                contact_lost_n=control.page.contact.lost_below_n,
                contact_regained_n=control.page.contact.regained_above_n,
            ),
        )

    def rows(self, frames: Block) -> LiveBlock:
        """The next frames (FRAME) with their calibration's number and their signals."""
        frames["cal"] = self.cal
        rows = np.empty(len(frames), LIVE)
        rows["frame"] = frames
        rows["signals"] = self._balance.feed(frames) if self._balance else _unknown(len(frames))
        return rows


def _unknown(n: int) -> Signals:
    signals = np.zeros(n, SIGNALS)
    for name in SIGNALS.names or ():
        if SIGNALS[name].base.kind == "f":
            signals[name] = np.nan
    return signals
