"""The vertical in the sensor's axes, and an inclination from it, each alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.inclination.attitude import Attitude, degrees
from rig.analysis.inclination.posture import Posture
from rig.analysis.inclination.vectors import added, cross, direction, dot, length
from rig.analysis.lean_settings import InclinationSettings

DT_S = 1 / 104
GRAVITY = 9.80665
SETTINGS = InclinationSettings()
NUMBERS = st.tuples(*[st.floats(-10, 10)] * 3)


def leaning(degrees_forward):
    """Where up is for a sensor whose x axis points up and y axis to the left when upright."""
    angle = math.radians(degrees_forward)
    return math.cos(angle), 0.0, -math.sin(angle)


def times(up, size=GRAVITY):
    return tuple(size * one for one in up)


@given(NUMBERS, NUMBERS)
def test_a_vector_product_is_upright_on_both(a, b):
    assert dot(cross(a, b), a) == pytest.approx(0, abs=1e-9)
    assert dot(cross(a, b), b) == pytest.approx(0, abs=1e-9)


@given(NUMBERS.filter(lambda a: length(a) > 0.01))
def test_a_direction_has_length_one(a):
    assert length(direction(a)) == pytest.approx(1)


def held(seconds, degrees_forward=0.0, bias=(0.0, 0.0, 0.0)):
    """An attitude after standing still so."""
    attitude = Attitude(SETTINGS)
    for _ in range(round(seconds / DT_S)):
        attitude.feed(DT_S, times(leaning(degrees_forward)), bias)
    return attitude


def off_deg(attitude, degrees_forward):
    cosine = dot(attitude.up, leaning(degrees_forward))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def test_at_rest_up_is_where_gravity_is_felt_and_it_gets_surer():
    assert off_deg(held(1.0, 17.0), 17.0) < 0.01
    assert degrees(held(3.0).tilt_var) < degrees(held(0.3).tilt_var)


def test_the_gyroscopes_bias_is_learned_from_standing():
    bias = (math.radians(1.0), math.radians(-1.5), 0.0)
    attitude = held(6.0, bias=bias)
    assert length(attitude.rate) < math.radians(0.2)


def test_a_turn_is_followed_while_gravity_cannot_be_trusted():
    """A bend in a second, with forces of movement that point elsewhere."""
    attitude, turned_deg, rate_deg_s = held(3.0), 0.0, 60.0
    for _ in range(round(1 / DT_S)):
        turned_deg += rate_deg_s * DT_S
        force = added(times(leaning(turned_deg)), (3.0, 0.0, 2.0))
        attitude.feed(DT_S, force, (0.0, math.radians(rate_deg_s), 0.0))
    assert min(off_deg(attitude, turned_deg), off_deg(attitude, -turned_deg)) < 1.5


def test_a_long_hole_makes_it_unsure():
    attitude = held(3.0)
    before = attitude.tilt_var
    attitude.feed(2.0, times(leaning(40.0)), (0.0, 0.0, 0.0))
    assert attitude.tilt_var > 100 * before


def test_in_free_fall_nothing_points_up():
    attitude = Attitude(SETTINGS)
    attitude.feed(DT_S, (0.1, 0.0, 0.0), (0.0, 0.0, 0.0))
    assert attitude.up is None


def fed(posture, seconds, degrees_forward, *, still=True):
    """Slips told in degrees, and the inclination at the end."""
    slips = []
    for n in range(round(seconds / DT_S)):
        still_s = (n + 1) * DT_S if still else 0.0
        slip = posture.feed(leaning(degrees_forward), still_s, DT_S)
        slips += [] if slip is None else [math.degrees(slip)]
    angle = math.degrees(posture.angle(leaning(degrees_forward))) if posture.known else None
    return slips, angle


@pytest.fixture
def stood():
    """Upright is known, however the sensor sits: here 5 degrees off."""
    posture = Posture(SETTINGS)
    assert fed(posture, 1.0, 5.0)[1] == pytest.approx(0, abs=0.01)
    return posture


def test_upright_is_known_only_from_standing_still():
    assert not Posture(SETTINGS).known
    posture = Posture(SETTINGS)
    fed(posture, 2.0, 5.0, still=False)
    assert not posture.known


def test_the_inclination_is_from_upright_and_the_first_bend_is_forward(stood):
    for _ in range(100):
        stood.feed(leaning(65.0), 0.0, DT_S)
    assert math.degrees(stood.angle(leaning(65.0))) == pytest.approx(60, abs=0.1)
    assert math.degrees(stood.angle(leaning(-5.0))) == pytest.approx(-10, abs=0.1)


def test_who_stands_still_a_little_off_zero_has_slipped(stood):
    assert fed(stood, 2.5, 17.0) == ([pytest.approx(12, abs=0.2)], pytest.approx(0, abs=0.1))


def test_a_bottom_that_is_held_is_no_slip(stood):
    assert fed(stood, 4.0, 65.0)[0] == []


def test_a_dowel_that_was_away_needs_a_new_zero(stood):
    stood.forget()
    assert not stood.known
