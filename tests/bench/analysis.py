"""`python -m tests.bench analysis`: what the analysis finds, by body model, and how fast it is.

`--bodies` and `--people` name folders with recordings that are not made here and not kept here.
"""

import argparse
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from statistics import mean, median

import numpy as np

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.frames import TICK_NS, Block
from rig.names import REP_KINDS
from rig.simulation.trainee.balance import BODY_MODELS, BodyModel
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.library import FAULTS, scenarios
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from tests.support.outside import Outside, bodies, people
from tests.support.outside_score import scored
from tests.support.scoring import Count, Score, run

_ONES = 3000


def _table(*rows: Sequence[object]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(map(str, row)) + " |"
        if not number:
            yield "|" + " --- |" * len(row)
    yield ""


def _figures(count: Count) -> list[str]:
    return [f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}"]


def report(count_each: int, seed: int, model: BodyModel, *, imu: bool = False) -> Iterator[str]:
    """Lines of the tables for one body model of the repository; `imu`: with the dowel's sensor."""
    scores: dict[str, Score] = defaultdict(Score)
    for scenario in scenarios(count_each, seed, model):
        scores[scenario.group].take(run(scenario, imu=imu))
    yield f"## Bodies of the repository: {model}" + (", with the dowel's sensor" if imu else "")
    yield from _table(
        ("group", "recordings", "exact", "precision", "recall", "F1", "edges s", "decided s"),
        *(_group(name, score) for name, score in scores.items()),
    )
    yield from _table(
        ("done \\ told", *REP_KINDS),
        *((kind, *(_kinds(scores, kind, told) for told in REP_KINDS)) for kind in REP_KINDS),
    )
    faults = {name: _joined([s.faults[name] for s in scores.values()]) for name in FAULTS}
    losses = _joined([score.losses for score in scores.values()])
    yield from _fault_table(faults, ("contact loss", *_figures(losses)))
    yield from _calibration(sum((score.sure for score in scores.values()), Counter()))
    yield from _table(("figure", "median", "worst"), *_worst(scores.values()))


def outside(title: str, recordings: Iterable[Outside]) -> Iterator[str]:
    """Lines of the tables for recordings that are not made here."""
    score = scored(recordings)
    yield f"## {title}"
    yield from _table(
        (
            "recordings",
            "exact",
            "precision",
            "recall",
            "F1",
            "squats counted",
            "edges s",
            "decided s",
        ),
        (
            score.recordings,
            score.exact,
            *_figures(score.reps),
            f"{score.squats_counted}/{score.squats}",
            _spread(score.edges_s),
            _spread(score.late_s),
        ),
    )
    if any(count.tp + count.fn for count in score.faults.values()):
        yield from _fault_table(score.faults)
        yield from _calibration(score.sure)


def _fault_table(faults: Mapping[str, Count], *more: Sequence[object]) -> Iterator[str]:
    seen = [count.f1 for count in faults.values() if count.tp + count.fn]
    yield from _table(
        ("fault", "precision", "recall", "F1"),
        *((name, *_figures(count)) for name, count in faults.items()),
        ("macro", "", "", f"{mean(seen):.3f}"),
        *more,
    )


def _calibration(sure: Mapping[tuple[int, bool], int]) -> Iterator[str]:
    """Of faults told with a confidence, how many were right."""
    rows = []
    for tenth in sorted({tenth for tenth, _ in sure}):
        right, all_told = (
            sure.get((tenth, True), 0),
            sum(sure.get((tenth, is_right), 0) for is_right in (True, False)),
        )
        rows.append(
            (f"{tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}", all_told, f"{right / all_told:.2f}")
        )
    yield from _table(("confidence", "faults told", "right"), *rows)


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "-"
    return f"{median(values):.2f}, p95 {sorted(values)[int(0.95 * (len(values) - 1))]:.2f}"


def _group(name: str, score: Score) -> list[object]:
    exact = f"{score.exact}/{score.recordings}"
    spreads = _spread(score.edges_s), _spread(score.late_s)
    return [name, score.recordings, exact, *_figures(score.reps), *spreads]


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
        ("dowel's inclination in a repetition, RMSE degrees", "lean_rmse_deg", 1.0),
        ("contact loss noticed after, ms", "noticed_s", 1000.0),
    ):
        values = [scale * value for score in every for value in getattr(score, name)]
        if values:
            yield title, f"{median(values):.4f}", f"{max(values):.4f}"


def speed() -> Iterator[str]:
    """Frames a second in one block and microseconds a frame in blocks of one.

    In time of the processor, beside a fixed computation of the same kind, since machines and what
    else they do differ.
    """
    block = _long_recording(20)
    pipeline = Pipeline(tared_calibration(1), AnalysisSettings())
    reference_s = _reference_s()
    start = time.process_time()
    pipeline.feed(block)
    whole_s = (time.process_time() - start) / len(block)
    pipeline = Pipeline(tared_calibration(1), AnalysisSettings())
    start = time.process_time()
    for n in range(_ONES):
        pipeline.feed(block[n : n + 1])
    ones_s = (time.process_time() - start) / _ONES
    reference_s = min(reference_s, _reference_s())
    yield f"one block: {1 / whole_s:,.0f} frames/s, a frame {whole_s / reference_s:.2f} references"
    yield f"blocks of one: {ones_s * 1e6:.0f} µs a frame, {ones_s / reference_s:.1f} references"
    yield f"reference: {reference_s * 1e6:.1f} µs for five operations on arrays of 1000 numbers"


def _reference_s() -> float:
    """Time of the fixed computation: the best of some."""
    numbers, best_s = np.linspace(0.0, 1.0, 1000), math.inf
    for _ in range(50):
        start = time.process_time()
        for _ in range(20):
            np.cumsum(np.sqrt(numbers * numbers + 1.0) / 3.0)
        best_s = min(best_s, (time.process_time() - start) / 20)
    return best_s


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
    parser.add_argument("--bodies", type=Path, help="a generated library of the independent bodies")
    parser.add_argument("--people", type=Path, help="motion of people, a folder with labels.json")
    parser.add_argument("--imu", action="store_true", help="the dowel has its inertial sensor")
    options = parser.parse_args(arguments)
    parts = [report(options.each, options.seed, model, imu=options.imu) for model in BODY_MODELS]
    if options.bodies:
        parts.append(outside(f"Independent bodies: {options.bodies.name}", bodies(options.bodies)))
    if options.people:
        parts.append(outside("People, none of whom hinges", people(options.people)))
    for line in chain(*parts, speed()):
        print(line, flush=True)
