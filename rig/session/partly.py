"""Stepping on and off while a plate is dead, from the cells that work.

The analysis needs the total force and changes nothing while that is not known. What it cannot see
is told here, in its own words; what it tells afterwards of the same is left out.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.working import load_seen
from rig.analysis.events import Event
from rig.analysis.movement.presence import Presence
from rig.analysis.settings import PresenceSettings
from rig.frames import Signals

_ON: Final = {"person_on": True, "person_off": False}


class Partly:
    """Joins what the analysis says of stepping on and off with what the working cells say."""

    def __init__(self, settings: PresenceSettings) -> None:
        self._presence = Presence(settings)
        self._told = self._analysis = False  # whether somebody is there: as told, as it believes

    def join(
        self, t_ns: npt.NDArray[np.int64], signals: Signals, events: Sequence[Event]
    ) -> list[Event]:
        """The events with those added that only the working cells show, in order of time.

        `t_ns` are the frames' times as the events have them.
        """
        total = np.isfinite(signals["fz_n"]).tolist()
        seen = zip(t_ns.tolist(), load_seen(signals).tolist(), total, strict=True)
        changes = [
            (Event(t, change, {}), known)
            for t, load_n, known in seen
            if (change := self._presence.feed(t, load_n))
        ]
        ours = [(event.t_ns, 0, event, known) for event, known in changes]
        theirs = [(event.t_ns, 1, event, True) for event in events]
        both = sorted([*ours, *theirs], key=lambda one: one[:2])
        return [event for _, kind, event, known in both if self._says_more(event, kind == 1, known)]

    def _says_more(self, event: Event, by_analysis: bool, total_known: bool) -> bool:
        on = _ON.get(event.name)
        if on is None:
            return True
        if by_analysis:
            self._analysis = on
        elif total_known and self._analysis is not on:
            return False  # the analysis will say it
        changed = self._told is not on
        self._told = on
        return changed
