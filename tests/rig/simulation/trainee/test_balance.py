"""Bodies of different construction: what they agree on, and where they must not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rig.simulation.trainee.anthropometry import segments_of
from rig.simulation.trainee.balance import BODY_MODELS, Movement, ground_of
from rig.simulation.trainee.body import GRAVITY
from rig.simulation.trainee.motion import RATE_HZ, move
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import Hinge, PutDowel, Script, Stand, StepOn, TakeDowel, Trainee

BENDS = Script(Trainee(), (Stand(6.0), *[Hinge(), Stand(2.0)] * 2, Stand(6.0)))
LOAD_M = -0.008


def movement(script=BENDS, mass_kg=72.0, height_m=1.75):
    motion = move(script)
    load_m = np.full(len(motion.t_s), LOAD_M)
    knee, trunk = np.radians(motion.knee_deg), np.radians(motion.trunk_deg)
    return Movement(segments_of(mass_kg, height_m), knee, trunk, load_m, RATE_HZ)


def ground(model, seed=0, **body):
    return ground_of(model, movement(**body), np.random.default_rng(seed))


STANDING = slice(200, 1150)
BENDING = slice(1200, 1880)


@pytest.mark.parametrize("model", BODY_MODELS)
@pytest.mark.parametrize(("mass_kg", "height_m"), [(45.0, 1.5), (130.0, 1.95)])
def test_standing_the_ground_carries_the_weight_under_the_foot(model, mass_kg, height_m):
    under = ground(model, mass_kg=mass_kg, height_m=height_m)
    weight_n = mass_kg * GRAVITY
    assert under.fz_n[STANDING].mean() == pytest.approx(weight_n, rel=2e-3)
    assert abs(under.cop_m[STANDING].mean() - LOAD_M) < 0.012


@pytest.mark.parametrize("model", BODY_MODELS)
def test_over_a_whole_bend_the_mean_force_is_the_weight(model):
    force_n = ground(model).fz_n[BENDING]
    assert force_n.mean() == pytest.approx(72 * GRAVITY, rel=2e-3)
    assert force_n.min() < 0.95 * 72 * GRAVITY


def test_a_compensating_body_moves_its_centre_of_pressure_far_less():
    told, compensated = (np.ptp(ground(m).cop_m[BENDING]) for m in BODY_MODELS[:2])
    assert compensated < 0.35 * told


def test_a_reacting_body_sways_as_people_do_without_being_told():
    """Root mean square of 2.5 to 7.5 mm forward and back (5.0 ± 2.5 in PMC3966255)."""
    sways_mm = [1000 * ground("reacting", seed).cop_m[STANDING].std() for seed in range(12)]
    assert 2.5 < np.median(sways_mm) < 7.5


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(45, 130), st.floats(1.5, 2.0))
def test_a_reacting_body_does_not_fall(seed, mass_kg, height_m):
    under = ground("reacting", seed, mass_kg=mass_kg, height_m=height_m)
    assert np.isfinite(under.fz_n).all()
    assert abs(under.cop_m).max() < 0.13  # the foot ends there
    assert np.isclose(under.fz_n[-400:].mean(), mass_kg * GRAVITY, rtol=5e-3)


@pytest.mark.parametrize("model", BODY_MODELS[1:])
def test_the_dowels_weight_is_on_the_plates_while_it_is_held(model):
    steps = (StepOn(1.0), Stand(4.0), TakeDowel(), Stand(4.0), PutDowel(), Stand(4.0))
    script = Script(Trainee(), steps)
    performance = perform(script, 1, model)
    force_n = performance.cell_n.sum(axis=1)
    weight_n, rod_n = 72 * GRAVITY, Trainee().grip.rod_kg * GRAVITY
    assert force_n[300:900].mean() == pytest.approx(weight_n, rel=1e-3)
    assert force_n[1300:1900].mean() == pytest.approx(weight_n + rod_n, rel=1e-3)
    assert performance.carried_at(8.0) == pytest.approx(weight_n + rod_n)
    assert performance.carried_at(2.0) == pytest.approx(weight_n)


def test_a_pad_shows_a_press_at_once_and_a_release_late():
    script = Script(Trainee(), (Stand(1.0), TakeDowel(0.2), Stand(2.0), PutDowel(0.2), Stand(1.0)))
    performance = perform(script, 1, "reacting")
    real, shown = performance.pad_n, performance.pad_shown_n
    assert (shown >= real).all()
    rising = np.diff(real, axis=0, prepend=0) > 0
    assert (shown[:300][rising[:300]] == real[:300][rising[:300]]).all()
    last_real, last_shown = (np.flatnonzero(pads[:, 1] > 0.5)[-1] for pads in (real, shown))
    assert 0.01 < (last_shown - last_real) / RATE_HZ < 0.08
