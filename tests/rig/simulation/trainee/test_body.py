"""Segments and the mechanics of a chain of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.simulation.trainee.anthropometry import segments_of
from rig.simulation.trainee.body import GRAVITY, ground_force

RATE_HZ = 500.0
BODIES = [(45.0, 1.5), (72.0, 1.75), (130.0, 1.95)]


def minimum_jerk(seconds):
    t = np.linspace(0, 1, round(seconds * RATE_HZ))
    return t**3 * (10 - 15 * t + 6 * t**2)


@given(st.floats(30, 200), st.floats(1.2, 2.2))
def test_the_segments_have_all_of_the_mass_and_reach_no_higher_than_the_person(mass_kg, height_m):
    body = segments_of(mass_kg, height_m)
    parts = (body.shank, body.thigh, body.trunk)
    assert sum(part.mass_kg for part in parts) + body.foot_mass_kg == pytest.approx(mass_kg)
    assert body.ankle_height_m + sum(part.length_m for part in parts) <= height_m * 1.001
    assert all(0 < part.com_m < part.length_m for part in parts)


@pytest.mark.parametrize(("mass_kg", "height_m"), BODIES)
def test_at_rest_the_ground_carries_the_weight_below_the_centre_of_mass(mass_kg, height_m):
    still = np.zeros(200)
    ground = ground_force(segments_of(mass_kg, height_m), still, still, still - 0.01, RATE_HZ)
    assert ground.fz_n == pytest.approx(mass_kg * GRAVITY)
    assert ground.cop_m == pytest.approx(-0.01, abs=0.005)


@pytest.mark.parametrize(("mass_kg", "height_m"), BODIES)
def test_a_bend_first_unloads_then_loads_and_gives_back_what_it_took(mass_kg, height_m):
    bend = np.radians(70) * minimum_jerk(1.5)
    ground = ground_force(
        segments_of(mass_kg, height_m), bend * 0.2, bend, np.zeros_like(bend), RATE_HZ
    )
    weight_n = mass_kg * GRAVITY
    half = len(bend) // 2
    assert ground.fz_n[:half].min() < 0.99 * weight_n
    assert ground.fz_n[half:].max() > 1.01 * weight_n
    assert np.mean(ground.fz_n) == pytest.approx(weight_n, rel=2e-3)  # at rest before and after
