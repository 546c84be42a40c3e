"""Conversions of cells that are kept out, and doubts that are told once."""

import numpy as np
import pytest

from rig.analysis.balance.guard import REASONS, CellGuard
from rig.analysis.channels.doubt import Doubt
from rig.analysis.channels.watch import ChannelWatch
from rig.analysis.settings import BalanceSettings, ChannelSettings
from rig.frames import TICK_NS
from rig.names import CELLS

TOP = 0x7FFFFF


def noisy(rows, seed=1):
    """Counts of four cells of somebody who stands, each row with other noise."""
    return 400_000 + np.random.default_rng(seed).integers(-900, 900, (rows, len(CELLS)))


def kept_out(counts):
    """What the guard leaves of good conversions, and the guard."""
    guard, good = CellGuard(BalanceSettings()), np.ones(counts.shape, np.bool_)
    counts = counts.astype(np.int32)
    guard.keep_out(TICK_NS * np.arange(len(counts)), counts, counts / 2000, good)
    return good, guard


def told(guard, column):
    return {REASONS[number] for number in guard.reasons[:, column].tolist()}


def test_sound_cells_are_left_alone():
    good, guard = kept_out(noisy(100))
    assert good.all()
    assert len(guard.reasons) == guard.jumps.sum() == 0


def test_a_jump_is_kept_out_and_counted():
    counts = noisy(100)
    counts[50, 2] += 1_000_000
    good, guard = kept_out(counts)
    assert not good[50, 2]
    assert good.sum() == good.size - 1
    assert guard.jumps.tolist() == [0, 0, 1, 0]


def test_a_cell_that_repeats_its_value_while_others_move_is_frozen():
    counts = noisy(100)
    counts[40:, 1] = counts[40, 1]
    good, guard = kept_out(counts)
    assert good[:50, 1].all()
    assert not good[60:, 1].any()
    assert told(guard, 1) == {None, "frozen"}


def test_the_end_of_the_range_is_no_force():
    counts = noisy(20)
    counts[5:, 3] = TOP
    good, guard = kept_out(counts)
    assert good[:, 3].tolist() == [True] * 5 + [False] * 15
    assert told(guard, 3) >= {"saturated"}


@pytest.fixture
def watch():
    return ChannelWatch(ChannelSettings())


def doubts(watch, *frames):
    """New doubts of frames; each is seconds and the number of a reason for the second cell."""
    t_ns = np.array([round(t_s * 1e9) for t_s, _ in frames])
    reasons = np.zeros((len(frames), len(CELLS)), np.int8)
    reasons[:, 1] = [reason for _, reason in frames]
    return [doubt for _, doubt in watch.frames(t_ns, reasons, REASONS)]


def test_a_doubt_is_told_once_until_the_channel_was_right_for_a_while(watch):
    frozen = Doubt(CELLS[1], "frozen")
    assert doubts(watch, (1, 1), (2, 1), (3, 1)) == [frozen]
    assert doubts(watch, (4.5, 1)) == []
    assert doubts(watch, (9, 1)) == [frozen]


def test_what_is_saturated_is_not_told_to_be_frozen_too(watch):
    assert doubts(watch, (1, 2), (1.5, 1)) == [Doubt(CELLS[1], "saturated")]


def test_nothing_is_said_of_standing_with_an_unknown_cell(watch):
    assert watch.standing(1.0, [100, float("nan"), 100, 100], still=True) == []
