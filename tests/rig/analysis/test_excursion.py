"""Start, bottom and end of a bend from its drop, and the live phase."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.movement.excursion import excursion
from rig.analysis.movement.live_phase import LivePhase
from rig.analysis.settings import RepetitionSettings
from rig.simulation.trainee.motion import smooth

_TWO_PER_CENT = 0.1353  # of a minimum-jerk movement's time


def drop(t_s, down_s, pause_s, up_s, peak_m):
    """Of a body whose angle moves with minimum jerk from 1 s on."""
    angle = smooth((t_s - 1) / down_s) - smooth((t_s - 1 - down_s - pause_s) / up_s)
    return peak_m * angle**2


@given(
    st.floats(0.6, 3.0), st.floats(0.0, 1.5), st.floats(0.6, 3.0), st.floats(0.05, 0.4)
)  # fmt: skip
def test_its_times_are_those_of_the_movement(down_s, pause_s, up_s, peak_m):
    t_s = np.arange(0, 2 + down_s + pause_s + up_s, 0.02)
    found = excursion(t_s, drop(t_s, down_s, pause_s, up_s, peak_m))
    assert found.start_s == pytest.approx(1 + _TWO_PER_CENT * down_s, abs=0.03)
    assert found.end_s == pytest.approx(1 + down_s + pause_s + (1 - _TWO_PER_CENT) * up_s, abs=0.03)
    assert found.start_s < found.bottom_start_s <= found.bottom_end_s < found.end_s
    assert found.bottom_start_s <= 1 + down_s + 0.02
    assert found.bottom_end_s >= 1 + down_s + pause_s - 0.02
    assert found.peak_drop_m == pytest.approx(peak_m, rel=0.01)


@pytest.fixture
def bend():
    t_s = np.arange(0, 6, 0.02)
    return excursion(t_s, drop(t_s, 1.5, 0.5, 1.5, 0.2))


@pytest.mark.parametrize(
    ("t_s", "phase"),
    [(0.5, "standing"), (1.8, "eccentric"), (2.7, "bottom"), (3.8, "concentric"), (5, "standing")],
)
def test_each_time_has_its_phase(bend, t_s, phase):
    assert bend.phase_at(t_s) == phase


def test_depth_goes_with_the_angle(bend):
    assert bend.depth_at(1.75) == pytest.approx(0.5, abs=0.02)
    assert bend.depth_at(2.7) == pytest.approx(1.0, abs=0.01)


def phases(*velocities_m_s):
    live = LivePhase(RepetitionSettings())
    return [live.phase for v in velocities_m_s if live.feed(v) or True]


def test_the_live_phase_follows_the_velocity():
    seen = phases(None, -0.05, -0.3, -0.2, -0.01, 0.0, 0.2, 0.3, None)
    assert list(dict.fromkeys(seen)) == ["standing", "eccentric", "bottom", "concentric"]
    assert seen[-1] == "standing"


def test_by_angle_it_is_the_same_phase():
    live = LivePhase(RepetitionSettings())
    seen = [live.phase for speed in (None, 40, 2, -40, None) if live.lean(speed, 8.0) or True]
    assert seen == ["standing", "eccentric", "bottom", "concentric", "standing"]
