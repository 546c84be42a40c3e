"""The watch between sessions: who steps on, and when zeros are worth storing."""

from datetime import UTC, datetime

import numpy as np
import pytest

from rig.analysis.settings import AnalysisSettings
from rig.calibration import typical_calibration
from rig.frames import TICK_NS
from rig.recorder.empty_platform.recent_frames import RecentFrames
from rig.recorder.empty_platform.watch import AutoTare, Doorkeeper
from rig.storage.calibrations import StoredCalibration
from tests.support.frames import frames, without

CALIBRATION = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")
GAINS = np.array([cell.counts_per_n for cell in CALIBRATION.cells])


def loaded(newtons, rows=400, **more):
    """Frames of a load that is spread evenly, with a little noise."""
    block = frames(np.round(newtons / 4 * GAINS), rows=rows, **more)
    noise = np.random.default_rng(1).integers(-20, 21, block["cell_counts"].shape)
    block["cell_counts"] += noise.astype(np.int32)
    return block


def stored(origin):
    """The typical calibration as it was put in force."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredCalibration(CALIBRATION, 1, origin, parent_id=None, stored_utc=moment)


NOT_KNOWN, KNOWN = stored("default"), stored("tare")


@pytest.fixture
def keeper():
    return Doorkeeper(CALIBRATION, AnalysisSettings())


def test_nobody_steps_on_an_empty_platform_or_puts_a_bag_on_it(keeper):
    assert keeper.stepped_on(loaded(0)) is None
    assert keeper.stepped_on(loaded(60, first_t_ns=400 * TICK_NS)) is None


def test_somebody_who_steps_on_is_seen_with_the_frame_of_that_moment(keeper):
    keeper.stepped_on(loaded(0, rows=100))
    at = keeper.stepped_on(loaded(700, rows=100, first_t_ns=100 * TICK_NS))
    assert 100 * TICK_NS <= at <= 110 * TICK_NS


def zeros_after(newtons, calibration, channel=None):
    """What is found after four quiet seconds of a load."""
    recent, block = RecentFrames(10), loaded(newtons)
    recent.add(block if channel is None else without(block, channel))
    return AutoTare().zeros(recent, len(block), calibration)


def test_the_first_zeros_may_be_anywhere():
    zeros = zeros_after(300, NOT_KNOWN)
    assert zeros / GAINS == pytest.approx(75, abs=1)


def test_later_ones_are_taken_when_the_platform_has_drifted_and_is_empty():
    assert zeros_after(0.2, KNOWN) is None  # not worth it
    assert zeros_after(8, KNOWN) is not None
    assert zeros_after(300, KNOWN) is None  # somebody or something stands there


def test_no_zeros_from_a_cell_that_gives_no_conversions():
    assert zeros_after(0, NOT_KNOWN, "right_toe") is None


def test_it_looks_about_twice_a_second():
    recent, tare = RecentFrames(10), AutoTare()
    recent.add(loaded(0))
    assert [tare.zeros(recent, 10, NOT_KNOWN) is None for _ in range(5)] == [True] * 4 + [False]
