"""Frames at any rate become steps of 20 ms, handed on in whole nodes of 80 ms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.step import NODE_STEPS, STEP_NS, joined
from rig.analysis.movement.step_grid import StepGrid
from rig.frames import SIGNALS

MS = 1_000_000
GAPS_MS = st.sampled_from([1, 5, 10, 10, 10, 20, 90, 400, 900])


def signals(forces):
    rows = np.zeros(len(forces), SIGNALS)
    rows["fz_n"] = forces
    rows["pad_n"] = np.nan
    return rows


def runs_of(times_ms, forces, size=None):
    """The runs, and the frames with which their steps were complete."""
    times, rows = np.array(times_ms) * MS, signals(forces)
    grid, found, at = StepGrid(), [], 0
    while at < len(times):
        part = slice(at, at + (size or len(times)))
        for run in grid.feed(times[part], rows[part]):
            assert all(0 <= row < len(times[part]) for row in run.rows)
            found.append((run, [times_ms[at + row] for row in run.rows]))
        at = part.stop
    return found


def test_a_step_is_the_mean_of_its_frames_and_waits_for_its_node():
    ((run, when),) = runs_of(range(0, 170, 10), np.arange(17.0))
    assert run.steps["fz_n"].tolist() == [0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5]
    assert when == [80] * NODE_STEPS + [160] * NODE_STEPS


def test_a_short_hole_is_a_straight_line_that_says_how_long_it_is():
    times = [*range(0, 100, 20), *range(200, 340, 20)]
    runs = runs_of(times, [*[700.0] * 5, *[760.0] * 7])
    steps = joined([run.steps for run, _ in runs])
    bridged = steps["hole_s"] > 0
    assert steps["fz_n"][bridged].tolist() == pytest.approx([710, 720, 730, 740, 750])
    assert steps["hole_s"][bridged].tolist() == pytest.approx([0.1] * 5)


def test_a_long_hole_is_a_gap_before_the_next_run():
    runs = runs_of([*range(0, 100, 10), *range(1500, 1700, 10)], [700.0] * 30)
    assert [run.gap_s for run, _ in runs if run.gap_s] == pytest.approx([1.425], abs=0.03)


def test_steps_in_which_force_is_not_known_are_a_hole():
    forces = np.where((np.arange(40) >= 10) & (np.arange(40) < 20), np.nan, 700.0)
    steps = joined([run.steps for run, _ in runs_of(range(0, 400, 10), forces)])
    assert np.isfinite(steps["fz_n"]).all()
    assert (steps["hole_s"] > 0).sum() == 100 * MS // STEP_NS


def test_where_time_runs_backwards_it_stands_still():
    times = [*range(0, 400, 10), *range(100, 700, 10)]
    steps = joined([run.steps for run, _ in runs_of(times, [700.0] * len(times))])
    assert (np.diff(steps["t_s"]) > 0).all()
    assert steps["t_s"][-1] > 0.6


@given(st.lists(GAPS_MS, min_size=5, max_size=80), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_any_split_gives_the_same_steps_at_the_same_times(gaps_ms, size, seed):
    times = np.cumsum(gaps_ms).tolist()
    rng = np.random.default_rng(seed)
    forces = np.where(rng.random(len(times)) < 0.1, np.nan, rng.normal(700, 5, len(times)))

    def flat(runs):
        parts = [
            (t_ms, step.tobytes())
            for run, when in runs
            for t_ms, step in zip(when, run.steps, strict=True)
        ]
        return parts, [(run.number, run.gap_s) for run, _ in runs if run.gap_s]

    assert flat(runs_of(times, forces, size)) == flat(runs_of(times, forces))
