"""The two stages behind one another: `feed(block)` gives signals and events."""

from dataclasses import dataclass

from rig.analysis.balance import Balance
from rig.analysis.events import Event
from rig.analysis.movement import Movement
from rig.analysis.settings import AnalysisSettings
from rig.calibration import Calibration
from rig.frames import Block, Forces, Signals


@dataclass(frozen=True)
class Output:
    """Signals for each frame of the block, and the events that the block decided."""

    signals: Signals
    events: list[Event]


class Pipeline:
    """Balance and movement for one recording with one calibration.

    `usual_drop_m` is how far this person's centre of mass usually drops; 0 where it is not known,
    then the deepest repetition so far stands for it. `load_kg` is what the person carries.
    Byte-identical output for any split of the frames into blocks.
    """

    def __init__(
        self,
        calibration: Calibration,
        settings: AnalysisSettings,
        usual_drop_m: float = 0.0,
        load_kg: float = 0.0,
    ) -> None:
        self._balance = Balance(calibration, settings)
        self._movement = Movement(settings, usual_drop_m, load_kg)

    def rebaseline(self, load_kg: float) -> None:
        """Another load or heel block from the next frame on: weigh anew."""
        self._movement.rebaseline(load_kg)

    def feed(self, block: Block) -> Output:
        """Take the next frames (any number, in order)."""
        signals = self._balance.feed(block)
        return Output(signals, self._movement.feed(block["t_ns"], signals))

    def feed_forces(self, forces: Forces) -> Output:
        """Take the next rows of a recording in newtons; only places are used of the calibration."""
        signals = self._balance.feed_forces(forces)
        return Output(signals, self._movement.feed(forces["t_ns"], signals))
