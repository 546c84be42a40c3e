"""`python -m tests.bench analysis`: what the analysis finds in the library of scenarios."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from rig.analysis.events import Rep
from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.trainee.frames import frames_of
from rig.trainee.library import FAULTS, Scenario, scenarios
from rig.trainee.motion import RepTruth
from rig.trainee.performance import perform
from rig.trainee.rig_truth import true_rig
from tests.support.virtual_rig import tared_calibration

_EDGE = 0.135  # of a minimum-jerk movement has passed at 2 % of its way


@dataclass
class Score:
    """Counts over the scenarios of a group."""

    recordings: int = 0
    exact: int = 0
    found: int = 0
    missed: int = 0
    false: int = 0
    edges_s: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find or be wrong."""
        wrong = self.missed + self.false
        return 2 * self.found / (2 * self.found + wrong) if self.found or wrong else 1.0

    def take(self, reps: list[Rep], truths: list[RepTruth]) -> None:
        """Compare one recording's repetitions with the truth."""
        self.recordings += 1
        self.exact += len(reps) == len(truths)
        free = list(reps)
        for truth in truths:
            rep = next((r for r in free if _overlap(r, truth)), None)
            if rep is None:
                self.missed += 1
                continue
            free.remove(rep)
            self._match(rep, truth)
        self.false += len(free)

    def _match(self, rep: Rep, truth: RepTruth) -> None:
        self.found += 1
        descent, ascent = truth.bottom_start_s - truth.start_s, truth.end_s - truth.bottom_end_s
        end_s = truth.end_s - _EDGE * ascent
        self.edges_s += [abs(rep.start_s - truth.start_s - _EDGE * descent), abs(rep.end_s - end_s)]
        self.late_s.append(rep.decided_s - end_s)
        self.kinds[truth.kind, rep.kind] += 1
        told = {fault.name for fault in rep.faults}
        for name in FAULTS:
            outcome = (name in told, name in truth.faults)
            self.faults[name][{(True, True): "tp", (True, False): "fp", (False, True): "fn"}.get(
                outcome, "tn")] += 1  # fmt: skip


def _overlap(rep: Rep, truth: RepTruth) -> bool:
    return rep.start_s < truth.bottom_end_s + 0.3 and rep.end_s > truth.bottom_start_s - 0.3


def evaluate(scenario: Scenario) -> tuple[list[Rep], list[RepTruth]]:
    """What the analysis found in a scenario, and what there was to find."""
    performance = perform(scenario.script, scenario.seed)
    frames = frames_of(performance, true_rig(scenario.seed), scenario.seed)
    events = Pipeline(tared_calibration(scenario.seed), AnalysisSettings()).feed(frames).events
    reps = [event.values["rep"] for event in events if event.name == "rep"]
    truths = [rep for rep in performance.reps if rep.kind != "none"] if scenario.dowel else []
    return reps, truths


def report(count_each: int, seed: int) -> Iterator[str]:
    """Lines of the tables."""
    scores: dict[str, Score] = defaultdict(Score)
    for scenario in scenarios(count_each, seed):
        scores[scenario.group].take(*evaluate(scenario))
    yield "| group | recordings | exact count | F1 | missed | false | edges, median s | decided, max s | kinds (truth>told) |"  # noqa: E501
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for group, score in scores.items():
        yield _row(group, score)
    faults = scores["faults"].faults
    yield ""
    yield "| fault | precision | recall | F1 |"
    yield "| --- | --- | --- | --- |"
    for name, counts in faults.items():
        tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
        yield f"| {name} | {tp / max(tp + fp, 1):.2f} | {tp / max(tp + fn, 1):.2f} | {2 * tp / max(2 * tp + fp + fn, 1):.2f} |"  # noqa: E501


def _row(group: str, score: Score) -> str:
    edges = f"{median(score.edges_s):.3f}" if score.edges_s else "-"
    late = f"{max(score.late_s):.2f}" if score.late_s else "-"
    kinds = ", ".join(f"{a}>{b} {n}" for (a, b), n in score.kinds.items())
    return (
        f"| {group} | {score.recordings} | {score.exact} | {score.f1:.3f} | {score.missed} "
        f"| {score.false} | {edges} | {late} | {kinds} |"
    )


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench analysis")
    parser.add_argument("--each", type=int, default=8, help="scenarios of each group")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other scenarios")
    options = parser.parse_args(arguments)
    for line in report(options.each, options.seed):
        print(line, flush=True)
