"""The two stages behind one another: `feed(block)` gives signals and events."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rig.analysis.balance import Balance
from rig.analysis.events import Event
from rig.analysis.movement import Movement
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.frames import Block, Forces, Signals
from rig.names import CELLS


@dataclass(frozen=True)
class Output:
    """Signals for each frame of the block, and the events that the block decided."""

    signals: Signals
    events: list[Event]
    jumps: tuple[int, ...] = (0,) * len(CELLS)
    """Wrong conversions of each cell that the block showed, which were not used."""


class Pipeline:
    """Balance and movement for one recording with one calibration.

    `usual_drop_m` is how far this person's centre of mass usually drops; 0 where it is not known,
    then the deepest repetition so far stands for it; `usual_deg` is the same as an inclination of
    the dowel, where that has a sensor. `load_kg` is what the person carries.
    Byte-identical output for any split of the frames into blocks.
    """

    def __init__(
        self,
        calibration: Calibration,
        settings: AnalysisSettings,
        usual_drop_m: float = 0.0,
        usual_deg: float = 0.0,
        load_kg: float = 0.0,
    ) -> None:
        self._balance = Balance(calibration, settings)
        self._jumps = self._balance.guard.jumps
        self._movement = Movement(settings, usual_drop_m, usual_deg, load_kg)

    def rebaseline(self, load_kg: float) -> None:
        """Another load or heel block from the next frame on: weigh anew."""
        self._movement.rebaseline(load_kg)

    def feed(self, block: Block) -> Output:
        """Take the next frames (any number, in order)."""
        signals = self._balance.feed(block)
        return self._output(block["t_ns"], signals)

    def feed_forces(self, forces: Forces) -> Output:
        """Take the next rows of a recording in newtons; only places are used of the calibration."""
        signals = self._balance.feed_forces(forces)
        return self._output(forces["t_ns"], signals)

    def _output(self, t_ns: npt.NDArray[np.int64], signals: Signals) -> Output:
        guard = self._balance.guard
        events = self._movement.feed(t_ns, signals, guard.reasons, self._balance.inclination.slips)
        before, self._jumps = self._jumps, guard.jumps
        if self._jumps is before:
            return Output(signals, events)
        return Output(signals, events, tuple((self._jumps - before).tolist()))
