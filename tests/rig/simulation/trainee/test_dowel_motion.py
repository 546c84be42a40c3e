"""The true inertial sensor on the dowel obeys mechanics."""

import numpy as np
import pytest

from rig.simulation.trainee.dowel_motion import dowel_motion, inclination_rad, mounting_of
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import Hinge, Script, Stand, StepOff, StepOn, TakeDowel, Trainee

SCRIPT = Script(
    Trainee(), (StepOn(), Stand(2.0), TakeDowel(), Stand(1.0), Hinge(), Stand(2.0), StepOff())
)


def upright(seed):
    """In the dowel's axes again."""
    performance = perform(SCRIPT, seed)
    mounting = mounting_of(seed)
    return performance, performance.imu[:, :3] @ mounting, performance.imu[:, 3:] @ mounting


def test_a_mounting_is_a_rotation_and_another_one_with_each_seed():
    one, other = mounting_of(1), mounting_of(2)
    assert one @ one.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(one) == pytest.approx(1.0)
    assert not np.allclose(one, other)


def test_at_rest_it_feels_gravity_at_the_dowels_inclination():
    for angle in (0.0, 0.5, 1.2):
        still = np.full(50, angle)
        force = dowel_motion(still, np.zeros(50), np.zeros(50), RATE_HZ, 3)[:, :3] @ mounting_of(3)
        assert force[25] == pytest.approx([-9.81 * np.sin(angle), 0, 9.81 * np.cos(angle)])


@pytest.mark.parametrize("seed", [1, 5])
def test_the_turn_adds_up_to_the_true_inclination(seed):
    performance, _, turn = upright(seed)
    rep = performance.reps[0]
    start, bottom = round((rep.start_s - 0.2) * RATE_HZ), round(rep.bottom_start_s * RATE_HZ)
    turned = np.degrees(turn[start:bottom, 1].sum() / RATE_HZ)
    true = performance.dowel_deg[bottom] - performance.dowel_deg[start]
    assert turned == pytest.approx(true, abs=0.3)
    assert abs(turn[:, [0, 2]]).max() < 1e-9


def test_a_bend_pulls_it_outwards():
    """Beside gravity there is what the circle about the hip takes."""
    performance, force, _ = upright(1)
    rep = performance.reps[0]
    moving = slice(round(rep.start_s * RATE_HZ), round(rep.bottom_start_s * RATE_HZ))
    off = np.linalg.norm(force[moving], axis=1) - 9.81
    assert 0.2 < abs(off).max() < 8.0


def test_a_dowel_that_nobody_holds_leans_and_does_not_move():
    angle = inclination_rad(np.array([0.0, 40.0]), np.array([0.0, 0.0]))
    assert angle.tolist() == pytest.approx([np.radians(12.0)] * 2)


def test_it_is_interpolated_and_repeats_as_the_forces_do():
    performance = perform(SCRIPT, 1)
    t_s = performance.duration_s + 3.0025
    row = 3.0025 * RATE_HZ
    expected = (performance.imu[int(row)] + performance.imu[int(row) + 1]) / 2
    assert performance.imu_at(t_s) == pytest.approx(expected.tolist(), abs=1e-9)
