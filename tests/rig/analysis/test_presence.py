"""Somebody on the platform, and its zeros while nobody is."""

import math

import numpy as np
import pytest

from rig.analysis.balance.working import load_seen
from rig.analysis.movement.presence import Presence
from rig.analysis.movement.step import NODE_S, STEP
from rig.analysis.movement.zero_watch import ZeroWatch
from rig.analysis.settings import PresenceSettings
from rig.frames import SIGNALS

TICK_NS = 10_000_000


@pytest.fixture
def presence():
    return Presence(PresenceSettings())


def fed(presence, *loads):
    """Changes told while these loads (N) stand for a frame each."""
    told = [(n, presence.feed(n * TICK_NS, load)) for n, load in enumerate(loads)]
    return [(n, change) for n, change in told if change]


def test_somebody_is_on_above_one_force_and_off_after_a_while_below_another(presence):
    assert fed(presence, *[90] * 5, *[120] * 20, *[60] * 90) == [(5, "person_on")]
    assert fed(presence, *[20] * 40) == [(30, "person_off")]


def test_a_jump_is_no_leaving(presence):
    assert fed(presence, *[700] * 10, *[0] * 25, *[700] * 10, *[0] * 25) == [(0, "person_on")]


def test_an_unknown_force_changes_nothing(presence):
    assert fed(presence, *[700] * 5, *[math.nan] * 90) == [(0, "person_on")]
    assert presence.on


def test_a_node_says_whether_somebody_was_there_all_through_it(presence):
    steps = np.zeros(12, STEP)
    steps["t_s"], steps["fz_n"] = np.arange(12) * 0.02, [*[0] * 5, *[700] * 7]
    assert [(node.there, node.change) for node in presence.over(steps)] == [
        (False, None), (False, "person_on"), (True, None),
    ]  # fmt: skip


@pytest.fixture
def zeros():
    return ZeroWatch(PresenceSettings())


def watched(zeros, seconds, cells):
    told = [zeros.feed(list(cells(n * NODE_S))) for n in range(round(seconds / NODE_S))]
    return [means for means in told if means]


def test_a_cell_that_is_off_zero_is_told_once_while_the_platform_is_empty(zeros):
    assert watched(zeros, 6, lambda t: (0.0, 8.0, 0.0, 0.0)) == [pytest.approx([0, 8, 0, 0])]
    zeros.occupied()
    assert len(watched(zeros, 3, lambda t: (0.0, 8.0, 0.0, 0.0))) == 1


def test_cells_that_are_each_right_may_be_off_together(zeros):
    assert watched(zeros, 3, lambda t: (2.0, 2.0, 2.0, 2.0))


def test_a_platform_that_moves_is_not_looked_at(zeros):
    assert watched(zeros, 6, lambda t: (20 * math.sin(9 * t), 8.0, 0.0, 0.0)) == []


def test_right_zeros_are_nothing_to_tell(zeros):
    assert watched(zeros, 6, lambda t: (1.0, -1.0, 0.5, 0.0)) == []


def test_with_a_dead_plate_the_load_is_that_on_the_others():
    rows = np.zeros(3, SIGNALS)
    rows["cell_n"] = [[100, 200, 300, 400], [100, np.nan, 300, 400], [np.nan] * 4]
    rows["fz_n"] = [1000, np.nan, np.nan]
    assert load_seen(rows).tolist() == pytest.approx([1000, 800, math.nan], nan_ok=True)
