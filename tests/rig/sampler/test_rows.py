"""Rows of the ring: frames and the signals that belong to them."""

import numpy as np

from rig.calibration import typical_calibration
from rig.frames import SIGNALS
from rig.handover.control_page import Buzz, ContactLimits, ControlPage
from rig.sampler.control import Control
from rig.sampler.rows import RowMaker
from tests.support.frames import frames

CALIBRATION = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")
CONTROL = Control(
    ControlPage(
        cal=9, calibration=CALIBRATION.to_json(), muted=False, sim_faults={},
        contact=ContactLimits(lost_below_n=0.5, regained_above_n=0.8),
        buzzer=Buzz(pattern="tick", number=0),
    ),
    CALIBRATION,
)  # fmt: skip


def test_before_there_is_a_calibration_no_signal_is_known():
    rows = RowMaker().rows(frames([5, 6, 7, 8], rows=3))
    assert (rows["frame"]["cell_counts"] == [5, 6, 7, 8]).all()
    assert (rows["frame"]["cal"] == 0).all()
    numbers = [name for name in SIGNALS.names if SIGNALS[name].base.kind == "f"]
    assert all(np.isnan(rows["signals"][name]).all() for name in numbers)
    assert not rows["signals"]["valid"].any()


def test_with_one_each_frame_names_it_and_has_its_forces():
    maker = RowMaker()
    maker.follow(CONTROL)
    gain = CALIBRATION.cells[0].counts_per_n
    rows = maker.rows(frames([round(175 * gain)] * 4, rows=30))
    assert (rows["frame"]["cal"] == 9).all()
    assert abs(rows["signals"]["fz_n"][-1] - 700) < 1
