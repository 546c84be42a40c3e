"""Contact limits of pads without a calibration follow the person's own standing."""

import numpy as np
import pytest

from rig.analysis.balance.grip import USUAL_N, StandingGrip
from rig.frames import TICK_NS
from rig.names import PADS
from tests.support.pads import pads

TYPICAL = np.array([True] * len(PADS))
STANDING = [usual / 2 for usual in USUAL_N]


def feed(grip, rows, start=0):
    rows = np.atleast_2d(rows)
    return grip.feed(TICK_NS * np.arange(start, start + len(rows)), rows.astype(float))


def test_a_second_of_steady_holding_sets_the_factor_of_each_pad():
    scale = feed(StandingGrip(TYPICAL), [STANDING] * 120)
    assert (scale[:99] == 1.0).all()
    assert scale[-1] == pytest.approx([0.5] * len(PADS))


def test_calibrated_pads_keep_their_limits():
    scale = feed(StandingGrip(np.array(pads(False, mid_back=True))), [STANDING] * 120)
    assert scale[-1] == pytest.approx(pads(1.0, mid_back=0.5))


def test_someone_who_moves_is_waited_for():
    grip = StandingGrip(TYPICAL)
    moving = [np.multiply(STANDING, 1 + 0.6 * np.sin(n / 8)) for n in range(150)]
    assert (feed(grip, moving) == 1.0).all()
    assert feed(grip, [STANDING] * 210, 150)[-1] == pytest.approx([0.5] * len(PADS))


def test_a_pad_that_is_lost_during_a_hinge_changes_nothing():
    grip = StandingGrip(TYPICAL)
    feed(grip, [STANDING] * 120)
    scale = feed(grip, [pads(0.0, head=1.0, mid_back=4.0)] * 300, 120)
    assert scale[-1] == pytest.approx([0.5] * len(PADS))


def test_it_is_forgotten_when_the_dowel_has_been_away():
    grip = StandingGrip(TYPICAL)
    feed(grip, [STANDING] * 120)
    assert feed(grip, [pads(0.0)] * 250, 120)[-1] == pytest.approx(pads(1.0))


def test_blocks_do_not_matter():
    rng = np.random.default_rng(1)
    rows = np.abs(rng.normal(1.0, 0.02, (900, len(PADS)))) * STANDING
    rows[300:560] = 0.0
    whole, parts = StandingGrip(TYPICAL), StandingGrip(TYPICAL)
    together = np.broadcast_to(feed(whole, rows), rows.shape)
    one_by_one = [feed(parts, row, n)[0] for n, row in enumerate(rows)]
    assert np.array_equal(together, one_by_one)
