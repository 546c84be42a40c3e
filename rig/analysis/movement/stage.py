"""The movement stage: signals in, events out, step by step whatever the blocks."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rig.analysis.events import Event
from rig.analysis.movement.bends import BendFinder
from rig.analysis.movement.descent import Bend
from rig.analysis.movement.dowel import Dowel, touches
from rig.analysis.movement.grid import STEP_S, Grid, Turn
from rig.analysis.movement.height import GRAVITY
from rig.analysis.movement.live_phase import LivePhase
from rig.analysis.movement.presence import Presence
from rig.analysis.movement.reps import RepMaker
from rig.analysis.movement.sample import Sample
from rig.analysis.movement.weighing import Weighing
from rig.analysis.movement.zero_watch import ZeroWatch
from rig.analysis.settings import AnalysisSettings
from rig.frames import Signals
from rig.names import EventName

_STEP_S: Final = 0.1  # a foot that is off for longer has made a step


class Movement:
    """Finds what the person does in the signals of the balance stage.

    An event's time is that of the frame with which it was decided, in nanoseconds since the first
    frame that was fed. `load_kg` is what the person carries besides the own weight.
    """

    def __init__(
        self, settings: AnalysisSettings, usual_drop_m: float = 0.0, load_kg: float = 0.0
    ) -> None:
        self._settings = settings
        self._first_t_ns: int | None = None
        self._grid = Grid()
        self._presence = Presence(settings)
        self._zero = ZeroWatch(settings)
        self._weighing = Weighing(settings)
        self._dowel = Dowel(settings)
        self._reps = RepMaker(settings, usual_drop_m)
        self._bends: BendFinder | None = None
        self._phase = LivePhase(settings)
        self._without_dowel = False
        self._now_ns = 0
        self._load_n = load_kg * GRAVITY
        self._events: list[Event] = []

    def feed(self, t_ns: npt.NDArray[np.int64], signals: Signals) -> list[Event]:
        """Events that these frames decide; `t_ns` monotonic, one per signal row."""
        if not len(t_ns):
            return []
        if self._first_t_ns is None:
            self._first_t_ns = int(t_ns[0])
        self._events = []
        times = t_ns - self._first_t_ns
        frames = touches(times, signals)
        done = 0
        for turn in self._grid.feed(times, signals):
            self._touch(frames[done : turn.row + 1])
            done = turn.row + 1
            self._now_ns = frames[turn.row][0]
            self._step(turn)
        self._touch(frames[done:])
        return self._events

    def rebaseline(self, load_kg: float) -> None:
        """Another load or heel block from here on: weigh anew, and look for bends from there."""
        self._load_n = load_kg * GRAVITY
        self._weighing.start(self._now_ns, self._load_n)
        self._stop_looking()

    def _say(self, name: EventName, **values: Any) -> None:
        self._events.append(Event(self._now_ns, name, values))

    def _touch(self, frames: list[tuple[int, int, int]]) -> None:
        for happening in self._dowel.feed(frames):
            self._events.append(Event(*happening))

    def _step(self, turn: Turn) -> None:
        if turn.gap_s:
            self._say("signal_gap", duration_s=turn.gap_s)
            if self._bends is not None:
                self._bends.wait()
        for sample in turn.samples:
            change = self._presence.feed(sample.t_ns, sample.fz_n)
            if change:
                self._say(change)
                self._zero.occupied()
                self._weighing.start(sample.t_ns, self._load_n)
                self._stop_looking()
            if self._presence.on:
                self._watch(sample)
            elif (offset_n := self._zero.feed(sample)) is not None:
                self._say("zero_drift", offset_n=offset_n)

    def _watch(self, sample: Sample) -> None:
        """Someone stands on the platform."""
        bends = self._bends
        weighed = self._weighing.feed(sample, bent=bends is not None and bends.bent)
        if weighed is not None:
            failed = "reason" in weighed
            self._say("weighing_failed" if failed else "weighed", **weighed)
            if not failed:
                self._look_again()
        if self._bends is None:
            self._look_again()
            return
        self._follow(self._bends, sample)

    def _follow(self, bends: BendFinder, sample: Sample) -> None:
        """Someone whose weight is known well enough to look for bends."""
        self._without_dowel = self._without_dowel or not self._dowel.in_place
        bend, upright = bends.feed(sample), bends.upright
        if self._phase.feed(bends.velocity_m_s, upright=upright):
            self._say("phase", phase=self._phase.phase)
        if bend is not None and not self._stepped(bend):
            self._decide(bend, self._weighing.body_weight_n or bends.weight_n - self._load_n)
        if upright:
            self._without_dowel = False
            self._dowel.forget(sample.t_s - self._settings.longest_bend_s)

    def _stepped(self, bend: Bend) -> bool:
        """Whether a foot or both left the platform meanwhile: steps or a jump, and no bend."""
        share, weight_n = self._settings.step_share, bend.standing.fz_n
        off = [
            abs(s.asymmetry_pct) > 100 * (1 - 2 * share) or s.fz_n < 2 * share * weight_n
            for s in bend.samples
        ]
        return sum(off) * STEP_S > _STEP_S

    def _decide(self, bend: Bend, weight_n: float) -> None:
        now_s = self._now_ns * 1e-9
        if self._without_dowel:
            self._say("bend_without_dowel")
            return
        losses = self._dowel.losses + self._dowel.open_losses(now_s)
        for rep, contacts in self._reps.reps(bend, losses, weight_n, now_s):
            self._say("rep", rep=rep)
            if contacts:
                self._say("contacts", rep=rep.index, **contacts)

    def _look_again(self) -> None:
        """Begin anew to look for bends, from the present weight on."""
        weighing = self._weighing
        if weighing.rough_n is not None:
            self._bends = BendFinder(self._settings, weighing.rough_n, weighing.rough_sd)

    def _stop_looking(self) -> None:
        self._bends = None
        if self._phase.phase != "standing":
            self._say("phase", phase="standing")
        self._phase = LivePhase(self._settings)
