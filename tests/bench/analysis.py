"""`python -m tests.bench analysis`: what the analysis finds in the library, and how fast."""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import mean, median

import numpy as np

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.frames import TICK_NS, Block
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.library import FAULTS, scenarios
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from tests.support.scoring import Count, Score, run

_KINDS = ("hinge", "partial", "incomplete", "squat")
_ONES = 3000


def _table(*rows: Sequence[object]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(map(str, row)) + " |"
        if not number:
            yield "|" + " --- |" * len(row)
    yield ""


def _figures(count: Count) -> list[str]:
    return [f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}"]


def report(count_each: int, seed: int) -> Iterator[str]:
    """Lines of the tables."""
    scores: dict[str, Score] = defaultdict(Score)
    for scenario in scenarios(count_each, seed):
        scores[scenario.group].take(run(scenario))
    yield from _table(
        ("group", "recordings", "exact", "precision", "recall", "F1", "edges s", "decided s"),
        *(_group(name, score) for name, score in scores.items()),
    )
    yield from _table(
        ("done \\ told", *_KINDS),
        *((kind, *(_kinds(scores, kind, told) for told in _KINDS)) for kind in _KINDS),
    )
    faults = {name: _joined([s.faults[name] for s in scores.values()]) for name in FAULTS}
    losses = _joined([score.losses for score in scores.values()])
    yield from _table(
        ("fault", "precision", "recall", "F1"),
        *((name, *_figures(count)) for name, count in faults.items()),
        ("macro", "", "", f"{mean(count.f1 for count in faults.values()):.3f}"),
        ("contact loss", *_figures(losses)),
    )
    yield from _table(("figure", "median", "worst"), *_worst(scores.values()))


def _group(name: str, score: Score) -> list[object]:
    edges = f"{median(score.edges_s):.3f}" if score.edges_s else "-"
    late = f"{median(score.late_s):.2f}, at most {max(score.late_s):.2f}" if score.late_s else "-"
    exact = f"{score.exact}/{score.recordings}"
    return [name, score.recordings, exact, *_figures(score.reps), edges, late]


def _kinds(scores: dict[str, Score], kind: str, told: str) -> int:
    return sum(score.kinds[kind, told] for score in scores.values())


def _joined(counts: Sequence[Count]) -> Count:
    return Count(*(sum(getattr(c, name) for c in counts) for name in ("tp", "fn", "fp")))


def _worst(scores: Iterator[Score] | Sequence[Score]) -> Iterator[tuple[str, str, str]]:
    every = list(scores)
    for title, name, scale in (
        ("heel share, RMSE", "share_rmse", 1.0),
        ("CoP, RMSE mm", "cop_rmse_mm", 1.0),
        ("body weight, % off", "weight_share", 100.0),
        ("contact loss noticed after, ms", "noticed_s", 1000.0),
    ):
        values = [scale * value for score in every for value in getattr(score, name)]
        if values:
            yield title, f"{median(values):.4f}", f"{max(values):.4f}"


def speed() -> Iterator[str]:
    """Frames a second in one block, and microseconds a frame in blocks of one."""
    block = _long_recording(20)
    pipeline = Pipeline(tared_calibration(1), AnalysisSettings())
    start = time.perf_counter()
    pipeline.feed(block)
    yield f"one block: {len(block) / (time.perf_counter() - start):,.0f} frames/s"
    pipeline = Pipeline(tared_calibration(1), AnalysisSettings())
    start = time.perf_counter()
    for n in range(_ONES):
        pipeline.feed(block[n : n + 1])
    yield f"blocks of one: {(time.perf_counter() - start) / _ONES * 1e6:.0f} µs a frame"


def _long_recording(times: int) -> Block:
    """The first scenario again and again, without end."""
    performance = perform(find_script("first-steps"), 1)
    rounds = []
    start_ns = 0
    for number in range(times):
        rounds.append(frames_of(performance, true_rig(1), number, start_ns=start_ns))
        start_ns += len(rounds[-1]) * TICK_NS
    return np.concatenate(rounds)


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench analysis")
    parser.add_argument("--each", type=int, default=8, help="scenarios of each group")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other scenarios")
    options = parser.parse_args(arguments)
    for line in report(options.each, options.seed):
        print(line, flush=True)
    for line in speed():
        print(line, flush=True)
