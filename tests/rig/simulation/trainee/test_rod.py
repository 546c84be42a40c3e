"""The dowel obeys statics: three one-sided springs, two hands, its own weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.names import PADS
from rig.simulation.trainee.rod import Grip, pad_forces
from rig.simulation.trainee.script import back

HEAD, MID_BACK, TAILBONE = (PADS.index(pad) for pad in ("head", "mid_back", "tailbone"))
STRAIGHT = (0.0,) * len(PADS)


def pads(spine_mm=STRAIGHT, trunk_deg=0.0, **grip):
    return pad_forces(
        Grip(**grip), np.array([trunk_deg]), np.array([spine_mm], float), np.array([1.0])
    )[0]


def test_upright_with_a_neutral_spine_the_pads_carry_what_the_grip_says():
    forces = pads(head_n=2.0, mid_back_n=8.0, tailbone_n=5.0)
    assert forces[[HEAD, MID_BACK, TAILBONE]] == pytest.approx([2.0, 8.0, 5.0])


def test_inclined_a_heavier_rod_presses_harder():
    light, heavy = pads(trunk_deg=60.0, rod_kg=0.2), pads(trunk_deg=60.0, rod_kg=0.6)
    assert heavy.sum() > light.sum() > pads().sum()


def test_a_rod_that_nobody_holds_presses_nowhere():
    force = pad_forces(Grip(), np.zeros(1), np.zeros((1, len(PADS))), np.zeros(1))
    assert force.tolist() == [[0.0] * len(PADS)]


def test_a_back_that_comes_out_in_the_middle_takes_the_load_off_the_ends():
    rounded = pads(back(mid_back=15.0))
    assert rounded[MID_BACK] > 1.5 * pads()[MID_BACK]
    assert rounded[HEAD] < pads()[HEAD]


@pytest.mark.parametrize("pad", [HEAD, MID_BACK, TAILBONE])
def test_a_back_that_goes_away_from_a_pad_loses_that_contact(pad):
    spine = list(STRAIGHT)
    spine[pad] = -30.0
    force = pads(spine)
    assert force[pad] == 0
    assert force[MID_BACK if pad != MID_BACK else TAILBONE] > 0.5


@given(
    st.tuples(*[st.floats(-40, 40)] * len(PADS)), st.floats(0, 80), st.floats(500, 1500),
    st.floats(500, 3000),
)  # fmt: skip
def test_pads_push_and_never_pull(spine_mm, trunk_deg, pad_n_per_m, hand_n_per_m):
    force = pads(spine_mm, trunk_deg, pad_n_per_m=pad_n_per_m, hand_n_per_m=hand_n_per_m)
    assert np.isfinite(force).all()
    assert (force >= 0).all()
