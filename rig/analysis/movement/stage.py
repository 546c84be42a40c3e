"""The movement stage: signals in, events out, node by node whatever the blocks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rig.analysis.balance.guard import REASONS
from rig.analysis.channels.doubt import Doubt
from rig.analysis.channels.watch import ChannelWatch
from rig.analysis.events import Event
from rig.analysis.inclination import Slip
from rig.analysis.movement.decisions import Decisions, Moment, Said
from rig.analysis.movement.dowel import Dowel, touches
from rig.analysis.movement.lead import Lead
from rig.analysis.movement.live_phase import LivePhase
from rig.analysis.movement.node import Node, nodes_of
from rig.analysis.movement.presence import Presence, There
from rig.analysis.movement.reps import RepMaker
from rig.analysis.movement.segmenter import MOST_NODES, Now, Segmenter
from rig.analysis.movement.step import NODE_S, NODE_STEPS, STEP, Steps, joined
from rig.analysis.movement.step_grid import Run, StepGrid
from rig.analysis.movement.trellis import GRAVITY
from rig.analysis.movement.weighing import Weighing
from rig.analysis.movement.zero_watch import ZeroWatch
from rig.analysis.settings import AnalysisSettings
from rig.frames import Signals
from rig.names import CELLS, PADS, EventName


class Movement:
    """Finds what the person does in the signals of the balance stage.

    An event's time is that of the frame with which it was decided, in nanoseconds since the first
    frame that was fed. `load_kg` is what the person carries besides the own weight.
    """

    def __init__(
        self,
        settings: AnalysisSettings,
        usual_drop_m: float = 0.0,
        usual_deg: float = 0.0,
        load_kg: float = 0.0,
    ) -> None:
        self._settings = settings
        self._first_t_ns: int | None = None
        self._grid = StepGrid()
        self._waiting: Steps = np.zeros(0, STEP)  # less than a node
        self._aligned = False  # with the nodes of stream time
        self._presence = Presence(settings.presence)
        self._zero = ZeroWatch(settings.presence)
        self._weighing = Weighing(settings.weighing)
        self._dowel = Dowel(settings.contacts)
        self._segmenter = Segmenter(settings.bends, usual_drop_m)
        self._lead = Lead(settings.leans)
        reps = RepMaker(settings, usual_drop_m, usual_deg)
        self._decisions = Decisions(settings, self._dowel, self._lead, reps)
        self._led = False  # whether the angle leads
        self._phase = LivePhase(settings.repetitions)
        self._channels = ChannelWatch(settings.channels)
        self._broken = 0  # pads that are, a bit each
        self._now_ns = 0
        self._load_n = load_kg * GRAVITY
        self._events: list[Event] = []

    def feed(
        self,
        t_ns: npt.NDArray[np.int64],
        signals: Signals,
        reasons: npt.NDArray[np.int8] | None = None,
        slips: Sequence[Slip] = (),
    ) -> list[Event]:
        """Events that these frames decide; `t_ns` monotonic, one per signal row.

        `reasons` (n, 4), from the balance stage, are why cells are not used; `slips` those of the
        dowel.
        """
        if not len(t_ns):
            return []
        if self._first_t_ns is None:
            self._first_t_ns = int(t_ns[0])
        self._events = []
        times = t_ns - self._first_t_ns
        if reasons is not None:
            for at_ns, doubt in self._channels.frames(times, reasons, REASONS):
                self._events.append(Event(at_ns, "channel_doubtful", doubt._asdict()))
        for at_ns, change_deg in slips:
            values = {"change_deg": change_deg}
            self._events.append(Event(at_ns - self._first_t_ns, "dowel_moved", values))
        self._frames = touches(times, signals)
        self._touched = 0
        runs = self._grid.feed(times, signals)
        if self._grid.made is not None:
            self._lead.take(*self._grid.made)
        for run in runs:
            self._run(run)
        self._lead_to(len(self._frames) - 1)
        self._touch(len(self._frames))
        self._events.sort(key=lambda event: event.t_ns)
        return self._events

    def rebaseline(self, load_kg: float) -> None:
        """Another load or heel block from here on: weigh anew."""
        self._load_n = load_kg * GRAVITY
        self._weighing.start(self._load_n)

    def _say(self, name: EventName, **values: Any) -> None:
        self._events.append(Event(self._now_ns, name, values))

    def _touch(self, to: int) -> None:
        """What the contacts do in the frames up to here."""
        frames = self._frames[self._touched : to]
        if self._broken:
            frames = [(t, touching, trusted & ~self._broken) for t, touching, trusted in frames]
        for happening in self._dowel.feed(frames):
            self._events.append(Event(*happening))
        self._touched = to

    def _reach(self, row: int) -> None:
        """Now is the frame in this row of the block."""
        self._touch(row + 1)
        self._now_ns = self._frames[row][0]

    def _run(self, run: Run) -> None:
        if run.gap_s:
            self._reach(run.rows[0])
            self._say("signal_gap", duration_s=run.gap_s)
            self._segmenter.restart()
            self._waiting = self._waiting[:0]
            self._aligned = False
        if not self._aligned:
            run = self._align(run)
        before = len(self._waiting)
        steps = joined([self._waiting, run.steps])
        whole = len(steps) // NODE_STEPS * NODE_STEPS
        rows = run.rows[NODE_STEPS - 1 - before :: NODE_STEPS]
        self._waiting = steps[whole:]
        for at in range(0, whole, MOST_NODES * NODE_STEPS):
            self._nodes(rows[at // NODE_STEPS :], steps[at:whole][: MOST_NODES * NODE_STEPS])

    def _align(self, run: Run) -> Run:
        """Without the steps before the first whole node of stream time."""
        skipped = -run.number % NODE_STEPS
        self._aligned = len(run.steps) > skipped
        return run._replace(rows=run.rows[skipped:], steps=run.steps[skipped:])

    def _nodes(self, rows: list[int], steps: Steps) -> None:
        changes = self._presence.over(steps)
        nodes = nodes_of(steps)
        doubts = [self._doubt_cells(*item) for item in zip(nodes, changes, strict=True)]
        sound = [there and not dead for (there, _), (dead, _) in zip(changes, doubts, strict=True)]
        nows = self._segmenter.feed(steps, sound)
        for row, node, (there, change), (dead, found), now in zip(
            rows, nodes, changes, doubts, nows, strict=False
        ):
            self._lead_to(row)
            self._reach(row)
            if change:
                self._say(change)
                self._zero.occupied()
                self._weighing.start(self._load_n)
            self._doubt(found)
            if there and not dead:
                self._watch(node, now)
            elif not there and (zeros := self._zero.feed(node.cell_n)) is not None:
                self._say_zeros(zeros)
            self._doubt_pads(node)
            self._show(now)

    def _doubt_cells(self, node: Node, presence: There) -> tuple[bool, list[Doubt]]:
        """Whether a cell is dead, and what is new of that."""
        if presence.change:
            self._channels.start()
        found = self._channels.cells.feed(node.cell_n, NODE_S) if presence.there else []
        return any(self._channels.cells.dead), found

    def _doubt_pads(self, node: Node) -> None:
        pads = self._channels.pads
        for doubt in pads.feed(node.pad_n, node.touching, node.trusted, NODE_S):
            self._doubt([doubt])
            for happening in self._dowel.distrust(PADS.index(doubt.channel), self._now_ns):
                self._events.append(Event(*happening))
        self._broken = sum(1 << pad for pad, broken in enumerate(pads.broken) if broken)

    def _doubt(self, found: list[Doubt]) -> None:
        for doubt in found:
            self._say("channel_doubtful", channel=doubt.channel, reason=doubt.reason)

    def _say_zeros(self, zeros: list[float]) -> None:
        limit_n, offset_n = self._settings.presence.zero_off_n, sum(zeros)
        if abs(offset_n) > limit_n:
            self._say("zero_drift", offset_n=offset_n)
        off = [
            Doubt(cell, "zero_off")
            for cell, n in zip(CELLS, zeros, strict=True)
            if abs(n) > limit_n
        ]
        self._doubt(off)

    def _watch(self, node: Node, now: Now) -> None:
        """Someone stands on the platform."""
        upright = now.upright and not self._lead.finder.open
        weighed = self._weighing.feed(node.fz_n, node.asymmetry_pct, upright=upright)
        if weighed is not None:
            self._say("weighing_failed" if "reason" in weighed else "weighed", **weighed)
        still = now.still and now.upright
        self._doubt(self._channels.standing(node.t_s, node.cell_n, still=still))
        if not self._dowel.in_place:
            self._decisions.without_dowel(node.t_s)
        for bend in now.bends:
            self._decided(self._decisions.by_plates(bend, self._moment()))
        if now.upright:
            self._decisions.forget(node.t_s - 2 * self._settings.bends.longest_s)

    def _moment(self) -> Moment:
        return Moment(self._now_ns * 1e-9, self._weighing.body_weight_n, self._load_n)

    def _decided(self, decided: list[Said]) -> None:
        for name, values in decided:
            self._say(name, **values)

    def _show(self, now: Now) -> None:
        if not self._led and self._phase.feed(now.velocity_m_s):
            self._say("phase", phase=self._phase.phase)

    def _lead_to(self, row: int) -> None:
        """What the angle decides up to the frame in this row."""
        while led := self._lead.until(row):
            self._reach(led.row)
            finder = self._lead.finder
            if finder.known != self._led:
                self._led = finder.known
                held = self._dowel.in_place and self._presence.on
                reason = "sensor" if held else "dowel"
                self._say("angle_on") if self._led else self._say("angle_off", reason=reason)
            for lean in led.leans:
                self._decided(self._decisions.by_angle(lean, self._moment()))
            if self._led and self._phase.lean(
                finder.speed_deg_s(), self._settings.leans.moving_deg_s
            ):
                self._say("phase", phase=self._phase.phase)
