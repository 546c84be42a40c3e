"""Channels that are not to be trusted are told, with the likely reason, and nothing else is."""

import numpy as np
import pytest

from rig.analysis.balance.frozen import FrozenWatch
from rig.analysis.channels.cells import DeadCells
from rig.analysis.channels.pads import BrokenPads
from rig.analysis.channels.slow import DriftWatch, SwapWatch
from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings, ChannelSettings
from rig.names import PADS
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script
from tests.support.pads import pads

SETTINGS = ChannelSettings()
NODE_S = 0.08
FULL_SCALE = 0x7FFFFF


@pytest.fixture(scope="module")
def steady():
    return frames_of(perform(find_script("steady"), 1), true_rig(1), 1)


def analysed(block):
    return Pipeline(tared_calibration(1), AnalysisSettings()).feed(block)


def doubts(output):
    found = [event.values for event in output.events if event.name == "channel_doubtful"]
    return {(values["channel"], values["reason"]) for values in found}


def reps(output):
    return [event.values["rep"] for event in output.events if event.name == "rep"]


def weights(output):
    return [e.values["body_weight_n"] for e in output.events if e.name == "weighed"]


def test_a_good_rig_is_not_doubted(steady):
    output = analysed(steady)
    assert doubts(output) == set()
    assert output.jumps == (0, 0, 0, 0)


def zero_counts(cell):
    return round(tared_calibration(1).cells[cell].zero_counts)


def test_a_cell_dead_at_zero_is_told_and_no_weight_is_invented(steady):
    dead = steady.copy()
    noise = np.random.default_rng(1).normal(0, 60, len(dead))
    dead["cell_counts"][:, 1] = zero_counts(1) + noise
    output = analysed(dead)
    assert doubts(output) == {("left_toe", "dead")}
    assert weights(output) == []
    assert reps(output) == []


@pytest.mark.parametrize("counts", [-FULL_SCALE - 1, FULL_SCALE])
def test_a_saturated_cell_is_told_and_is_not_valid(steady, counts):
    broken = steady.copy()
    broken["cell_counts"][:, 2] = counts
    output = analysed(broken)
    assert doubts(output) == {("right_heel", "saturated")}
    assert not (output.signals["valid"] >> 2 & 1).any()
    assert np.isnan(output.signals["fz_n"]).all()


def test_a_cell_that_freezes_for_a_second_costs_no_repetition(steady):
    stale = steady.copy()
    truth = reps(analysed(steady))
    start = round(truth[1].bottom_start_s * 100)
    stale["cell_counts"][start : start + 100, 3] = stale["cell_counts"][start, 3]
    output = analysed(stale)
    assert doubts(output) == {("right_toe", "frozen")}
    assert len(reps(output)) == len(truth)


def test_a_wrong_conversion_changes_nothing_and_is_counted(steady):
    jumpy = steady.copy()
    rows = np.arange(500, 2500, 250)
    rows = rows[steady["flags"][rows, 0] == 0]
    jumpy["cell_counts"][rows, 0] = zero_counts(0)
    output, truth = analysed(jumpy), analysed(steady)
    assert output.jumps == (len(rows), 0, 0, 0)
    assert [rep.kind for rep in reps(output)] == [rep.kind for rep in reps(truth)]
    for rep, true in zip(reps(output), reps(truth), strict=True):
        assert rep.start_s == pytest.approx(true.start_s, abs=0.1)


def test_a_pad_that_is_open_is_told_and_repetitions_still_count(steady):
    open_pad = steady.copy()
    open_pad["pad_counts"][:, 2] = np.random.default_rng(2).integers(0, 3, len(open_pad))
    output = analysed(open_pad)
    assert ("tailbone", "open") in doubts(output)
    assert [rep.kind for rep in reps(output)] == ["hinge"] * 5


def test_a_zero_that_is_off_names_the_cell(steady):
    off = steady.copy()
    off["cell_counts"][:, 3] += round(60 * tared_calibration(1).cells[3].counts_per_n)
    assert ("right_toe", "zero_off") in doubts(analysed(off))


def test_one_value_again_and_again_is_frozen_only_beside_others_that_move():
    t_ns = np.arange(100) * 12_500_000
    moving = np.arange(100.0)[:, None] * np.ones(4)
    moving[40:, 1] = moving[40, 1]
    good = np.ones((100, 4), bool)
    frozen = FrozenWatch(4, 150_000_000).feed(t_ns, moving, good)
    assert frozen[:, 1].argmax() == 40 + 12
    assert not frozen[:, [0, 2, 3]].any()
    assert not FrozenWatch(4, 150_000_000).feed(t_ns, np.zeros((100, 4)), good).any()


def test_a_dead_cell_that_carries_again_is_right_again():
    watch = DeadCells(SETTINGS)
    for _ in range(20):
        watch.feed([300.0, 0.5, 200.0, 200.0], NODE_S)
    assert watch.dead == [False, True, False, False]
    for _ in range(10):
        watch.feed([200.0, 150.0, 200.0, 200.0], NODE_S)
    assert watch.dead == [False] * 4


def test_a_lifted_foot_is_not_two_dead_cells():
    watch = DeadCells(SETTINGS)
    assert not any(watch.feed([400.0, 300.0, 0.0, 0.0], NODE_S) for _ in range(200))


def test_a_pad_that_presses_the_same_all_the_time_is_stuck():
    rng, watch = np.random.default_rng(3), BrokenPads(SETTINGS)
    found = []
    for _ in range(60):
        moving = {pad: 4.0 + rng.normal(0, 0.1) for pad in PADS}
        force = pads(**moving | {"mid_back": 8.0})
        found += watch.feed(force, pads(True), pads(True), NODE_S)
    assert [(doubt.channel, doubt.reason) for doubt in found] == [("mid_back", "stuck")]


def test_a_total_that_drifts_while_standing_is_told_and_a_load_is_not():
    def found(force_n):
        watch, rng = DriftWatch(SETTINGS), np.random.default_rng(4)
        return [
            doubt
            for t_s in np.arange(0, 150, 0.5)
            for doubt in watch.feed(t_s, [force_n(t_s) + rng.normal(0, 0.1), 150, 200, 150])
        ]

    drifting = found(lambda t_s: 200 + 4 * t_s / 60)
    assert [(doubt.channel, doubt.reason) for doubt in drifting] == [("left_heel", "drifting")]
    assert found(lambda t_s: 200 + 6 * (t_s > 70)) == []


def test_heel_and_toe_the_wrong_way_round_move_against_the_other_foot():
    rng = np.random.default_rng(5)
    sway = np.cumsum(rng.normal(0, 0.003, 400)) + 0.55
    straight, turned = SwapWatch(SETTINGS), SwapWatch(SETTINGS)
    assert not any(straight.feed(share, share + 0.02) for share in sway)
    found = [doubt for share in sway for doubt in turned.feed(1 - share, share + 0.02)]
    assert [doubt.reason for doubt in found] == ["swapped"]
