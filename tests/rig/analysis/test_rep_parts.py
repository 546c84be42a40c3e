"""What is made of the steps of one bend: contacts, faults of the plates, signs of the knees."""

import math

import numpy as np
import pytest

from rig.analysis.movement.contacts import contact_bands, contact_kept_pct, contacts
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import excursion
from rig.analysis.movement.faults import find_faults
from rig.analysis.movement.hinge_or_squat import knee_signs, squat_probability
from rig.analysis.movement.signs import signs
from rig.analysis.movement.stance import stance_of
from rig.analysis.movement.step import STEP
from rig.analysis.settings import ContactSettings, FaultSettings
from rig.names import PADS
from rig.simulation.trainee.motion import smooth
from tests.support.pads import pads

T_S = np.arange(0, 4, 0.02)
ANGLE = smooth(T_S / 1.5) - smooth((T_S - 2) / 1.5)
THERE = excursion(T_S, 0.16 * ANGLE**2)
HELD = pads(4.0, head=2.0, mid_back=8.0, tailbone=5.0)
TAILBONE = PADS.index("tailbone")


def steps(**changes):
    """Of somebody who bends with all contacts kept and the load in the middle."""
    rows = np.zeros(len(T_S), STEP)
    rows["t_s"], rows["fz_n"], rows["heel_share"] = T_S, 700.0, 0.55
    rows["cell_n"] = [192.5, 157.5, 192.5, 157.5]
    rows["pad_n"], rows["touch"], rows["pads_valid"] = HELD, 1.0, True
    for name, values in changes.items():
        rows[name] = values
    return rows


STANCE = stance_of(steps()[:5])


def faults(rows, losses=()):
    seen = signs(rows, STANCE, THERE, list(losses), 1.0)
    found = find_faults(rows, STANCE, THERE, list(losses), seen, FaultSettings())
    return {fault.name: fault for fault in found}


def test_a_clean_bend_has_no_fault():
    assert faults(steps()) == {}


def test_weight_on_the_toes_is_told_where_it_begins():
    (fault,) = faults(steps(heel_share=0.55 - 0.4 * ANGLE)).values()
    assert fault.name == "toe_weight"
    assert fault.phase == "eccentric"
    assert 0.55 - 0.4 * np.interp(fault.onset_s, T_S, ANGLE) == pytest.approx(0.30, abs=0.02)
    assert fault.depth == pytest.approx(THERE.depth_at(fault.onset_s), abs=0.001)


def test_a_shift_to_a_side_is_told():
    assert set(faults(steps(asymmetry_pct=20 * ANGLE))) == {"side_shift"}


def test_lifted_heels_are_told_and_the_toes_are_a_part_of_it():
    cells = np.outer(1 - 0.999 * ANGLE, [192.5, 0, 192.5, 0]) + np.array([0, 157.5, 0, 157.5])
    found = faults(steps(cell_n=cells, heel_share=0.55 * (1 - 0.999 * ANGLE)))
    assert set(found) == {"heel_lift", "toe_weight"}
    assert found["toe_weight"].confidence < found["heel_lift"].confidence


def test_what_lasts_no_longer_than_noise_is_none():
    share = np.full(len(T_S), 0.55)
    share[80] = 0.2
    assert faults(steps(heel_share=share)) == {}


def lost_tailbone():
    rows, gone = steps(), ANGLE > 0.7
    rows["pad_n"][gone, TAILBONE], rows["touch"][gone, TAILBONE] = 0.0, 0.0
    since, until = T_S[gone][[0, -1]].tolist()
    return rows, Loss("tailbone", since, until)


def test_a_lost_contact_has_causes_from_its_onset_on():
    rows, loss = lost_tailbone()
    found = faults(rows, [loss])
    assert found
    assert {fault.onset_s for fault in found.values()} == {loss.start_s}


def test_how_the_contacts_were_held():
    rows, loss = lost_tailbone()
    told = contacts(rows, THERE, [loss], 0.9, ContactSettings())
    assert told["first_losses"]["tailbone"]["phase"] == "eccentric"
    assert told["usable_depth"] == pytest.approx(0.9 * 0.7, abs=0.02)
    assert told["bands"] == {**dict.fromkeys(PADS, "held"), "head": "light", "mid_back": "firm",
                             "tailbone": "unsteady"}  # fmt: skip


def test_without_pads_nothing_is_said_of_contacts():
    rows = steps(pads_valid=False, pad_n=np.nan)
    assert contacts(rows, THERE, [], 0.9, ContactSettings()) is None
    assert contact_kept_pct(rows) == (None,) * len(PADS)


@pytest.mark.parametrize(
    ("pad", "force", "word"),
    [("head", 5.0, "hard"), ("mid_back", 3.0, "weak"), ("tailbone", 5.0, "steady")],
)
def test_a_band_is_a_word_for_how_it_pressed(pad, force, word):
    rows = steps()
    rows["pad_n"][:, PADS.index(pad)] = force
    assert contact_bands(rows, ContactSettings())[pad] == word


def test_a_pad_that_touched_less_than_half_of_the_time_is_lost():
    rows = steps()
    rows["touch"][:150, 0] = 0.0
    assert contact_bands(rows, ContactSettings())["head"] == "lost"
    assert contact_kept_pct(rows)[0] == pytest.approx(100 * (len(T_S) - 150) / len(T_S))


def test_a_deep_drop_with_a_quiet_centre_of_pressure_speaks_for_the_knees():
    deep = excursion(T_S, 0.42 * ANGLE**2)
    knees = knee_signs(steps(), STANCE, deep)
    assert knees.deep_m == pytest.approx(0.12, abs=0.005)
    rows = steps(cop_ap_mm=-60 * ANGLE)
    rows["pad_n"] *= 1 + 0.5 * ANGLE[:, None]
    hinge = knee_signs(rows, STANCE, THERE)
    assert hinge.cop_rate > knees.cop_rate
    assert hinge.pads_change > knees.pads_change
    assert squat_probability(knees) > 0.9 > 0.1 > squat_probability(hinge)


def test_without_pads_no_hinge_is_sure():
    rows = steps(pads_valid=False, pad_n=np.nan, cop_ap_mm=-60 * ANGLE)
    seen = knee_signs(rows, STANCE, THERE)
    assert math.isnan(seen.pads_change)
    assert squat_probability(seen) >= 0.1
