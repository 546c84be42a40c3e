"""What is read off the signs of a repetition and of standing: depth, weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.analysis.balance.lead import FallingLead
from rig.analysis.movement.depth import DepthScale
from rig.analysis.movement.outage import OutageFiller
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import NODE_S, STEP
from rig.analysis.movement.weighing import Weighing
from rig.analysis.settings import RepetitionSettings, WeighingSettings
from tests.support.pads import pads

STANCE = Stance(700.0, 0.55, 0.0, pads(5.0, head=2.0, mid_back=8.0))


def inside(heel_share, tailbone):
    steps = np.zeros(100, STEP)
    steps["heel_share"] = heel_share
    steps["pads_valid"] = True
    steps["touch"] = pads(1.0, tailbone=tailbone)
    return steps


def test_depth_is_the_root_of_the_drop_but_in_a_bend_from_the_waist():
    scale = DepthScale(RepetitionSettings(), 0.16)
    assert scale.depth(0.04, inside(0.55, 1.0), STANCE) == pytest.approx(0.5)
    assert scale.depth(0.04, inside(0.35, 1.0), STANCE) == pytest.approx(0.5)
    assert 0.6 <= scale.depth(0.04, inside(0.35, 0.1), STANCE) <= 0.7


def weighed(*parts, load_n=0.0):
    """Weights told for stretches of (seconds, newtons), standing upright."""
    weighing, rng = Weighing(WeighingSettings()), np.random.default_rng(1)
    weighing.start(load_n)
    told = []
    for seconds, force_n in parts:
        for _ in range(round(seconds / NODE_S)):
            said = weighing.feed(force_n * (1 + rng.normal(0, 0.0005)), 0.0, upright=True)
            told += [said] if said else []
    return [said.get("body_weight_n", said.get("reason")) for said in told]


@pytest.mark.parametrize("change", [-0.01, -0.004, 0.004, 0.01, 0.15])
def test_whoever_changes_weight_for_good_is_weighed_again(change):
    assert weighed((3, 700), (6, 700 * (1 + change))) == pytest.approx(
        [700, 700 * (1 + change)], rel=0.001
    )


def test_a_change_that_does_not_last_or_matter_is_none():
    assert weighed((3, 700), (2, 704), (4, 700), (9, 701)) == pytest.approx([700], rel=0.001)


def test_somebody_lighter_may_hold_on_and_is_weighed_if_it_lasts():
    first, said, second = weighed((3, 700), (8, 630))
    assert (first, second) == pytest.approx((700, 630), rel=0.001)
    assert said == "holding_on"


def test_the_announced_load_is_taken_off():
    assert weighed((3, 860), load_n=160) == pytest.approx([700], rel=0.001)


def test_a_missing_cell_is_filled_in_from_the_other_three_for_a_while():
    steps = np.zeros(200, STEP)
    t = np.arange(200) / 50
    lean, side = 0.55 + 0.1 * np.sin(t), 0.5 + 0.05 * np.sin(0.7 * t)
    shares = [lean * (1 - side), (1 - lean) * (1 - side), lean * side, (1 - lean) * side]
    steps["cell_n"] = 700 * np.stack(shares, axis=1)
    steps["fz_n"] = 700.0
    steps["cell_n"][50:, 2], steps["fz_n"][50:] = np.nan, np.nan
    OutageFiller().fill(steps)
    filled = np.isfinite(steps["fz_n"])
    assert filled.sum() == 50 + 75
    assert steps["fz_n"][filled] == pytest.approx(700, rel=0.01)


@given(st.lists(st.floats(0, 10), min_size=2, max_size=30), st.integers(1, 6))
def test_a_falling_force_is_led_and_a_rising_one_is_not_in_any_split(forces, size):
    force_n = np.array(forces)[:, None]
    t_ns = np.arange(len(forces)) * 10_000_000
    whole = FallingLead(1, 0.02).feed(t_ns, force_n)
    lead = FallingLead(1, 0.02)
    cuts = range(0, len(forces), size)
    parts = [lead.feed(t_ns[at : at + size], force_n[at : at + size]) for at in cuts]
    assert np.concatenate(parts).tobytes() == whole.tobytes()
    change = np.diff(force_n[:, 0])
    assert whole[1:, 0] == pytest.approx(force_n[1:, 0] + 2 * np.minimum(change, 0))
