"""The movement stage: signals in, events out, frame by frame whatever the blocks."""

import numpy as np
import numpy.typing as npt

from rig.analysis.events import Event
from rig.analysis.movement.presence import Presence
from rig.analysis.settings import AnalysisSettings
from rig.frames import Signals


class Movement:
    """Finds what the person does in the signals of the balance stage.

    Event times are nanoseconds since the first frame that was fed.
    """

    def __init__(self, settings: AnalysisSettings) -> None:
        self._presence = Presence(settings)
        self._first_t_ns: int | None = None

    def feed(self, t_ns: npt.NDArray[np.int64], signals: Signals) -> list[Event]:
        """Events that these frames decide; `t_ns` monotonic, one per signal row."""
        events: list[Event] = []
        if self._first_t_ns is None and len(t_ns):
            self._first_t_ns = int(t_ns[0])
        for row, fz_n in enumerate(signals["fz_n"].tolist()):
            t = int(t_ns[row]) - (self._first_t_ns or 0)
            events += self._presence.feed(t, fz_n)
        return events
