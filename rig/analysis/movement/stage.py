"""The movement stage: signals in, events out, frame by frame whatever the blocks."""

from typing import Any

import numpy as np
import numpy.typing as npt

from rig.analysis.events import Event
from rig.analysis.movement.bends import BendFinder
from rig.analysis.movement.dowel import Dowel
from rig.analysis.movement.live_phase import LivePhase
from rig.analysis.movement.presence import Presence
from rig.analysis.movement.reps import RepMaker
from rig.analysis.movement.sample import Sample, samples
from rig.analysis.movement.weighing import Weighing
from rig.analysis.settings import AnalysisSettings
from rig.frames import Signals

_GAP_NS = 300_000_000  # shorter ones, such as a chip's recovery, are bridged by a straight line


class Movement:
    """Finds what the person does in the signals of the balance stage.

    Event times are nanoseconds since the first frame that was fed.
    """

    def __init__(self, settings: AnalysisSettings, usual_drop_m: float = 0.0) -> None:
        self._settings = settings
        self._first_t_ns: int | None = None
        self._presence = Presence(settings)
        self._weighing = Weighing(settings)
        self._dowel = Dowel(settings)
        self._reps = RepMaker(settings, usual_drop_m)
        self._bends: BendFinder | None = None
        self._phase = LivePhase(settings)
        self._last_known_ns = 0
        self._without_dowel = False
        self._events: list[Event] = []

    def feed(self, t_ns: npt.NDArray[np.int64], signals: Signals) -> list[Event]:
        """Events that these frames decide; `t_ns` monotonic, one per signal row."""
        if not len(t_ns):
            return []
        if self._first_t_ns is None:
            self._first_t_ns = int(t_ns[0])
        self._events = []
        for sample in samples(t_ns - self._first_t_ns, signals):
            self._follow(sample)
        return self._events

    def _say(self, sample: Sample, name: str, **values: Any) -> None:
        self._events.append(Event(sample.t_ns, name, values))

    def _follow(self, sample: Sample) -> None:
        change = self._presence.feed(sample.t_ns, sample.fz_n)
        if change:
            self._say(sample, change)
            self._weighing.start(sample.t_ns)
            self._stop_looking(sample)
        for name, values in self._dowel.feed(sample):
            self._say(sample, name, **values)
        if not sample.known:
            return
        if sample.t_ns - self._last_known_ns > _GAP_NS and self._last_known_ns:
            gap_s = (sample.t_ns - self._last_known_ns) * 1e-9
            self._say(sample, "signal_gap", duration_s=gap_s)
            self._look_again()
        self._last_known_ns = sample.t_ns
        if self._presence.on:
            self._watch(sample)

    def _watch(self, sample: Sample) -> None:
        """Someone stands on the platform and all plates are known."""
        weighed = self._weighing.feed(sample)
        if weighed is not None:
            failed = "reason" in weighed
            self._say(sample, "weighing_failed" if failed else "weighed", **weighed)
            if not failed:
                self._look_again()
        weight_n = self._weighing.rough_n
        if self._bends is None or weight_n is None:
            self._look_again()
            return
        self._without_dowel = self._without_dowel or not self._dowel.in_place
        bend = self._bends.feed(sample)
        moved = self._phase.feed(
            sample, weight_n, still=self._bends.still, height_m=self._bends.height_m
        )
        if moved:
            self._say(sample, "phase", phase=self._phase.phase)
        if bend is not None and self._without_dowel:
            self._say(sample, "bend_without_dowel")
        elif bend is not None:
            losses = self._dowel.losses + self._dowel.open_losses(sample.t_s)
            for rep in self._reps.reps(bend, losses, weight_n, sample.t_s):
                self._say(sample, "rep", rep=rep)
        if bend is not None or self._bends.upright:
            self._without_dowel = False
            self._dowel.forget(sample.t_s - self._settings.longest_bend_s)

    def _look_again(self) -> None:
        """Begin anew to look for bends, from the present weight on."""
        weight_n, quiet = self._weighing.rough_n, self._weighing.quiet
        self._bends = None if weight_n is None else BendFinder(self._settings, weight_n, quiet)

    def _stop_looking(self, sample: Sample) -> None:
        self._bends = None
        if self._phase.phase != "standing":
            self._say(sample, "phase", phase="standing")
        self._phase = LivePhase(self._settings)
