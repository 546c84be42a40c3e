"""Compares what the analysis says of a scenario with what is true of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rig.analysis.pipeline import Output, Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.frames import Flag
from rig.names import CELLS, CHANNELS
from rig.repetition import Rep
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.labels import LossTruth, end_s, start_s, true_losses
from rig.simulation.trainee.library import FAULTS, Scenario
from rig.simulation.trainee.motion import RATE_HZ, RepTruth
from rig.simulation.trainee.performance import Performance
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig

_ML_MM = np.array([-125.0, -125.0, 125.0, 125.0])
_AP_MM = np.array([-80.0, 80.0, -80.0, 80.0])


@dataclass(frozen=True)
class Run:
    """A scenario, what was true, and what the analysis said; times since the script's start."""

    scenario: Scenario
    performance: Performance
    t_s: np.ndarray
    output: Output

    @property
    def reps(self) -> list[Rep]:
        return [event.values["rep"] for event in self.output.events if event.name == "rep"]

    @property
    def truths(self) -> list[RepTruth]:
        """Repetitions that there are to find: with the dowel, and with all plates known."""
        broken = [f for f in self.scenario.script.faults if f.channel in CELLS]
        return [
            rep
            for rep in self.performance.reps
            if rep.kind != "none" and self.scenario.dowel
            and not any(f.start_s < rep.end_s + 0.5 and f.end_s > rep.start_s - 0.5
                        for f in broken if f.end_s - f.start_s > 0.25)
        ]  # fmt: skip


def run(scenario: Scenario, *, imu: bool = False) -> Run:
    """Let the scenario happen on a rig, with `imu` one with a sensor on the dowel; analyse it."""
    performance = scenario.perform()
    frames = frames_of(performance, true_rig(scenario.seed), scenario.seed, imu=imu)
    t_s = frames["t_ns"] * 1e-9
    for fault in scenario.script.faults:
        inside = (t_s >= fault.start_s) & (t_s < fault.end_s)
        frames["flags"][inside, CHANNELS.index(fault.channel)] = Flag.TIMEOUT
    pipeline = Pipeline(tared_calibration(scenario.seed), AnalysisSettings())
    return Run(scenario, performance, t_s, pipeline.feed(frames))


@dataclass
class Count:
    """Found, missed, invented."""

    tp: int = 0
    fn: int = 0
    fp: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.tp / (2 * self.tp + self.fn + self.fp) if self.tp + self.fn + self.fp else 1


@dataclass
class Score:
    """Over the scenarios of a group."""

    recordings: int = 0
    exact: int = 0
    reps: Count = field(default_factory=Count)
    losses: Count = field(default_factory=Count)
    edges_s: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    noticed_s: list[float] = field(default_factory=list)
    weight_share: list[float] = field(default_factory=list)
    share_rmse: list[float] = field(default_factory=list)
    cop_rmse_mm: list[float] = field(default_factory=list)
    lean_rmse_deg: list[float] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    sure: Counter[tuple[int, bool]] = field(default_factory=Counter)  # tenths, right

    def take(self, one: Run) -> None:
        """Compare one run with the truth."""
        self.recordings += 1
        before = self.reps.fn, self.reps.fp
        self._reps(one.reps, one.truths, all_known=len(one.truths) == len(one.performance.reps))
        self.exact += before == (self.reps.fn, self.reps.fp)
        self._losses(one)
        self._signals(one)
        self._leans(one)

    def _reps(self, reps: Sequence[Rep], truths: Sequence[RepTruth], *, all_known: bool) -> None:
        free = list(reps)
        for truth in truths:
            rep = next((r for r in free if _overlap(r, truth)), None)
            if rep is None:
                self.reps.fn += 1
                continue
            free.remove(rep)
            self.reps.tp += 1
            self._match(rep, truth)
        self.reps.fp += len(free) if all_known or not truths else 0

    def _match(self, rep: Rep, truth: RepTruth) -> None:
        self.edges_s += [abs(rep.start_s - start_s(truth)), abs(rep.end_s - end_s(truth))]
        self.late_s.append(rep.decided_s - end_s(truth))
        self.kinds[truth.kind, rep.kind] += 1
        told = {fault.name for fault in rep.faults}
        for fault in rep.faults:
            self.sure[min(int(fault.confidence * 10), 9), fault.name in truth.faults] += 1
        for name in FAULTS:
            count = self.faults[name]
            count.tp += name in told and name in truth.faults
            count.fp += name in told and name not in truth.faults
            count.fn += name not in told and name in truth.faults

    def _losses(self, one: Run) -> None:
        if one.scenario.script.faults:
            return
        told = [e.values for e in one.output.events if e.name == "contact_regained"]
        free = [LossTruth(v["pad"], v["start_s"], v["end_s"]) for v in told]
        off_s = one.t_s[0]  # event times count from the first frame
        for truth in true_losses(one.performance):
            mine = [
                f
                for f in free
                if f.pad == truth.pad and f.start_s + off_s < truth.end_s
                and f.end_s + off_s > truth.start_s
            ]  # fmt: skip
            self.losses.tp += bool(mine)
            self.losses.fn += not mine
            if mine:
                free.remove(mine[0])
                self.noticed_s.append(mine[0].start_s + off_s - truth.start_s)
        self.losses.fp += len(free)

    def _leans(self, one: Run) -> None:
        """Of each repetition, how wrong the dowel's inclination was, where there is one."""
        grid = np.arange(len(one.performance.dowel_deg)) / RATE_HZ
        true_deg = np.interp(one.t_s, grid, one.performance.dowel_deg)
        off = one.output.signals["inclination_deg"] - true_deg
        for truth in one.truths:
            inside = off[(one.t_s >= truth.start_s) & (one.t_s <= truth.end_s)]
            inside = inside[np.isfinite(inside)]
            if len(inside):
                self.lean_rmse_deg.append(_rms(inside))

    def _signals(self, one: Run) -> None:
        for event in one.output.events:
            if event.name == "weighed":
                carried_n = one.performance.carried_at(event.t_ns * 1e-9)
                self.weight_share.append(abs(event.values["body_weight_n"] / carried_n - 1))
        grid = np.arange(len(one.performance.cell_n)) / RATE_HZ
        true_n = np.stack([np.interp(one.t_s, grid, c) for c in one.performance.cell_n.T], axis=1)
        total = true_n.sum(axis=1)
        signals = one.output.signals
        on = (total > 0.9 * one.performance.body_weight_n) & np.isfinite(signals["heel_share"])
        total = total[on]
        share = (true_n[on, 0] + true_n[on, 2]) / total
        self.share_rmse.append(_rms(signals["heel_share"][on] - share))
        for name, places in (("cop_ml_mm", _ML_MM), ("cop_ap_mm", _AP_MM)):
            self.cop_rmse_mm.append(_rms(signals[name][on] - true_n[on] @ places / total))


def _rms(errors: np.ndarray) -> float:
    return float(np.sqrt(np.mean(errors**2)))


def _overlap(rep: Rep, truth: RepTruth) -> bool:
    return rep.start_s < truth.bottom_end_s + 0.3 and rep.end_s > truth.bottom_start_s - 0.3
