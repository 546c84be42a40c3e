"""Bends are found in forces alone: each solves its own weight, and none locks out the next."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rig.analysis.movement.segmenter import Segmenter
from rig.analysis.movement.step import NODE_STEPS, STEP, STEP_S
from rig.analysis.movement.trellis import GRAVITY
from rig.analysis.settings import BendSettings

WEIGHT_N = 700.0


def minimum_jerk(u):
    u = np.clip(u, 0.0, 1.0)
    return u**3 * (10 - 15 * u + 6 * u**2)


def bend(t, start_s, phase_s=1.2, pause_s=0.3, drop_m=0.14):
    """Drop of the centre of mass: the square of an angle that goes down and up."""
    down = minimum_jerk((t - start_s) / phase_s)
    up = minimum_jerk((t - start_s - phase_s - pause_s) / phase_s)
    return drop_m * (down - up) ** 2


def steps_of(drop_m, weight_n=WEIGHT_N, noise=0.0005, seed=1):
    """Steps of someone whose centre of mass is so far down."""
    rng = np.random.default_rng(seed)
    acceleration = np.gradient(np.gradient(-drop_m, STEP_S), STEP_S)
    steps = np.zeros(len(drop_m) // NODE_STEPS * NODE_STEPS, STEP)
    force = weight_n * (1 + acceleration / GRAVITY + rng.normal(0, noise, len(drop_m)))
    steps["fz_n"] = force[: len(steps)]
    steps["t_s"] = (np.arange(len(steps)) + 0.5) * STEP_S
    steps["heel_share"] = 0.55
    return steps


def told(steps, sizes=(), restarts=()):
    """Bends with the time at which they were told."""
    segmenter, found, at = Segmenter(BendSettings()), [], 0
    nodes = len(steps) // NODE_STEPS
    for size in [*sizes, *[6] * nodes]:
        part = steps[at * NODE_STEPS : (at + size) * NODE_STEPS]
        count = len(part) // NODE_STEPS
        if at in restarts:
            segmenter.restart()
        for n, now in enumerate(segmenter.feed(part, [True] * count) if count else []):
            found += [(one, (at + n + 1) * NODE_STEPS * STEP_S) for one in now.bends]
        at += count
    return found


def seconds(length_s):
    return np.arange(0, length_s, STEP_S)


@pytest.mark.parametrize(("phase_s", "pause_s"), [(0.4, 0.0), (0.8, 0.0), (1.5, 0.5), (3.0, 1.0)])
def test_a_bend_is_found_at_any_tempo_with_its_drop(phase_s, pause_s):
    ((found, at_s),) = told(steps_of(bend(seconds(16), 4.0, phase_s, pause_s)))
    end_s = 4.0 + 2 * phase_s + pause_s
    assert found.drop_m.max() == pytest.approx(0.14, rel=0.15)
    assert found.steps["t_s"][0] == pytest.approx(4.0, abs=0.15 * end_s - 0.4)
    assert at_s <= end_s + 0.7


def test_bends_without_a_rest_between_are_each_found():
    t = seconds(20)
    drop = sum(bend(t, start_s, 0.9, 0.1) for start_s in (3.0, 4.95, 6.9, 8.85, 10.8))
    assert len(told(steps_of(drop))) == 5


@pytest.mark.parametrize("wrong", [-0.008, -0.003, 0.003, 0.008])
def test_a_load_that_changed_just_before_does_not_matter(wrong):
    t = seconds(14)
    steps = steps_of(bend(t, 6.0))
    steps["fz_n"][: round(4.0 / STEP_S)] *= 1 + wrong
    ((found, _),) = told(steps)
    assert found.drop_m.max() == pytest.approx(0.14, rel=0.15)
    assert found.weight_n == pytest.approx(WEIGHT_N, rel=0.005)


def test_what_sitting_does_to_the_force_locks_out_nothing():
    t = seconds(30)
    steps = steps_of(bend(t, 14.0) + bend(t, 20.0))
    steps["fz_n"][300:450] *= 0.8
    assert [round(found.steps["t_s"][0]) for found, _ in told(steps)] == [14, 20]


def test_standing_is_no_bend_however_long():
    assert told(steps_of(np.zeros(6000), noise=0.002)) == []


def test_after_a_restart_one_begins_anew_in_stillness():
    t = seconds(24)
    steps = steps_of(bend(t, 5.0) + bend(t, 15.0))
    found = told(steps, sizes=[6] * 12, restarts=[72])  # 5.76 s, in the middle of the first
    assert [round(one.steps["t_s"][0]) for one, _ in found] == [15]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 240), max_size=40))
def test_any_split_tells_the_same_bends_at_the_same_nodes(sizes):
    t = seconds(30)
    steps = steps_of(bend(t, 3.0) + bend(t, 6.0, 0.6, 0.0) + bend(t, 8.0, 2.5) + bend(t, 18.0))
    whole = [(at_s, one.steps.tobytes(), one.drop_m.tobytes()) for one, at_s in told(steps)]
    parts = [(at_s, one.steps.tobytes(), one.drop_m.tobytes()) for one, at_s in told(steps, sizes)]
    assert len(whole) == 4
    assert parts == whole


def test_what_was_long_ago_is_forgotten_without_a_trace():
    t = seconds(500)
    drop = sum(bend(t, start_s) for start_s in np.arange(5.0, 490.0, 10.0))
    found = [one for one, _ in told(steps_of(drop))]
    starts = np.array([one.steps["t_s"][0] for one in found])
    assert len(found) == 49
    assert np.diff(starts) == pytest.approx(10.0, abs=0.3)
