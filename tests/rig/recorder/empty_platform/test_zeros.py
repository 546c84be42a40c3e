import numpy as np
import pytest

from rig.calibration import typical_calibration
from rig.errors import CommandRefused
from rig.frames import Flag
from rig.recorder.empty_platform.zeros import forces_at, quiet_zeros
from tests.support.frames import frames

CALIBRATION = typical_calibration("rig-1", id="c", created_utc="2026-01-01T00:00:00Z")


def _quiet(rows=301):
    block = frames([100, -200, 300, 400], rows=rows)
    block["cell_counts"] += np.random.default_rng(1).integers(-50, 51, (rows, 4))
    return block


def test_the_zero_of_a_cell_is_its_mean():
    zeros = quiet_zeros(_quiet(), 3.0, CALIBRATION)
    assert zeros == pytest.approx([100, -200, 300, 400], abs=10)


def test_a_cell_without_a_conversion_in_every_frame_has_a_zero_all_the_same():
    block = _quiet()
    block["flags"][::3, 1] = Flag.NONE
    block["cell_counts"][::3, 1] = 10**6
    assert quiet_zeros(block, 3.0, CALIBRATION)[1] == pytest.approx(-200, abs=10)


def test_a_doubtful_conversion_now_and_then_is_left_out():
    block = _quiet()
    block["flags"][::10, 0] = Flag.DESYNC
    block["cell_counts"][::10, 0] = 10**6
    assert quiet_zeros(block, 3.0, CALIBRATION)[0] == pytest.approx(100, abs=10)


def _moving(block):
    block["cell_counts"][:, 2] += 2190 * 3 * (np.arange(len(block)) % 2)


def _drifting(block):
    block["cell_counts"][:, 2] += 5 * np.arange(len(block))


def _doubtful(block):
    block["flags"][::3, 2] = Flag.SATURATED


def _silent(block):
    block["flags"][:, 2] = Flag.NONE


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_moving, "not quiet: right_heel moves by 1.5 N"),
        (_drifting, "not quiet: right_heel moves by 0.3 N"),
        (_doubtful, "right_heel has conversions that cannot be trusted"),
        (_silent, "right_heel gives no conversions"),
    ],
)
def test_a_platform_that_is_not_quiet_has_no_zeros(spoil, reason):
    block = _quiet()
    spoil(block)
    with pytest.raises(CommandRefused, match=reason):
        quiet_zeros(block, 3.0, CALIBRATION)


@pytest.mark.parametrize("rows", [0, 1, 200])
def test_zeros_need_the_whole_time(rows):
    with pytest.raises(CommandRefused, match="no 3 s of frames yet"):
        quiet_zeros(_quiet(rows), 3.0, CALIBRATION)


def test_forces_are_what_the_calibration_makes_of_the_counts():
    assert forces_at(np.array([2190.0, 0, -4380, 0]), CALIBRATION).tolist() == [1, 0, -2, 0]
