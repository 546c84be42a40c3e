"""The simulated trainee obeys mechanics and does what its script says."""

import numpy as np
import pytest

from rig.errors import ConfigError
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.script import (
    SCENARIOS,
    Away,
    Hinge,
    Script,
    Stand,
    StepOff,
    StepOn,
    Trainee,
    find_script,
)


def on_platform(*steps):
    """A script that is on the platform from its first to its last moment."""
    return Script(Trainee(), (StepOn(), *steps, StepOff()))


def part(start_s, end_s):
    return slice(round(start_s * RATE_HZ), round(end_s * RATE_HZ))


def test_an_empty_platform_carries_nothing():
    performance = perform(Script(Trainee(), (Away(2.0),)), 1)
    assert performance.cell_n.max() == 0
    assert performance.pad_n.max() == 0


def test_standing_the_plates_carry_the_body_weight():
    performance = perform(on_platform(Stand(4.0)), 1)
    total = performance.cell_n.sum(axis=1)[part(2.0, 5.0)]
    assert total == pytest.approx(performance.body_weight_n, rel=0.002)


def test_over_a_hinge_momentum_comes_back_to_zero():
    performance = perform(on_platform(Stand(2.0), Hinge(), Stand(2.0)), 1)
    rep = performance.reps[0]
    total = performance.cell_n.sum(axis=1)[part(rep.start_s, rep.end_s)]
    impulse = (total - performance.body_weight_n).sum() / RATE_HZ
    assert abs(impulse) < 0.002 * performance.body_weight_n


def test_a_hinge_lowers_the_centre_of_mass_by_10_to_30_cm():
    performance = perform(on_platform(Stand(2.0), Hinge(), Stand(2.0)), 1)
    rep = performance.reps[0]
    total = performance.cell_n.sum(axis=1)[part(rep.start_s, rep.end_s)]
    acceleration = total / performance.body_weight_n - 1
    height = 9.81 * np.cumsum(np.cumsum(acceleration)) / RATE_HZ**2
    assert -0.3 < height.min() < -0.1


def test_the_pad_that_a_hinge_loses_lets_go_and_the_others_do_not():
    performance = perform(find_script("first-steps"), 1)
    rep = next(rep for rep in performance.reps if rep.loses)
    lowest = performance.pad_n[part(rep.start_s, rep.end_s)].min(axis=0)
    assert lowest[2] == 0
    assert lowest[:2].min() > 1


def test_load_on_the_toes_shows_in_the_heel_share():
    performance = perform(find_script("first-steps"), 1)
    rep = next(rep for rep in performance.reps if rep.com_shift_mm)
    bottom = part(rep.bottom_start_s, rep.bottom_end_s)
    forces = performance.cell_n[bottom]
    share = (forces[:, 0] + forces[:, 2]) / forces.sum(axis=1)
    assert share.mean() < 0.3


def test_the_same_seed_gives_the_same_curves_and_another_seed_others():
    script = find_script("first-steps")
    first, again, other = (perform(script, seed).cell_n for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_there_are_five_hinges_in_the_first_scenario_one_with_a_loss_one_on_the_toes():
    reps = perform(find_script("first-steps"), 1).reps
    assert len(reps) == 5
    assert [rep.loses for rep in reps].count("tailbone") == 1
    assert [bool(rep.com_shift_mm) for rep in reps].count(True) == 1


def test_an_unknown_scenario_names_those_there_are():
    with pytest.raises(ConfigError, match=", ".join(SCENARIOS)):
        find_script("nothing")
