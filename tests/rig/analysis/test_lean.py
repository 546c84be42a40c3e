"""Bends in the dowel's inclination: where they begin and end, when they are told, and as what."""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from rig.analysis.lean_settings import LeanSettings
from rig.analysis.movement.causes import Signs
from rig.analysis.movement.lean import LeanFinder
from rig.analysis.movement.lean_causes import Falls, causes_by_lean
from rig.analysis.movement.lean_kind import LeanScale, squat_by_lean
from rig.analysis.movement.step import STEP_S
from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.frames import Flag
from rig.names import PADS
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.labels import end_s, start_s
from rig.simulation.trainee.motion import smooth
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import (
    Away,
    Hinge,
    Script,
    Sit,
    Stand,
    StepOff,
    StepOn,
    TakeDowel,
    Trainee,
    find_script,
)  # fmt: skip

SETTINGS = LeanSettings()
_EDGE = 0.1353  # of a minimum-jerk movement has passed at 2 % of its way


def curve(*knots):
    """Degrees at each step of a movement that rests at every (s, degrees) of these."""
    t = np.arange(0.0, knots[-1][0], STEP_S)
    deg = np.full(len(t), float(knots[0][1]))
    for (start, low), (end, high) in itertools.pairwise(knots):
        deg += (high - low) * smooth((t - start) / (end - start))
    return t, deg


def found(t, deg, noise=0.3):
    """Bends with the time at which each was told."""
    deg = deg + np.random.default_rng(1).normal(0.0, noise, len(deg))
    finder, told = LeanFinder(SETTINGS), []
    for at in range(0, len(t), 4):
        part = slice(at, at + 4)
        leans = finder.feed(t[part].tolist(), deg[part].tolist())
        told += [(lean, float(t[part][-1])) for lean in leans]
    return told


@pytest.mark.parametrize("phase_s", [0.4, 1.0, 2.5, 6.0])
def test_edges_are_at_two_per_cent_and_it_is_told_within_three_tenths_of_a_second(phase_s):
    down, up = 2.0 + phase_s, 2.4 + phase_s
    ((lean, told_s),) = found(*curve((0, 0), (2, 0), (down, 62), (up, 62), (up + phase_s, 0),
                                     (up + phase_s + 2, 0)))  # fmt: skip
    end = up + (1 - _EDGE) * phase_s
    assert lean.peak_deg == pytest.approx(62, abs=1.0)
    assert lean.there.start_s == pytest.approx(2.0 + _EDGE * phase_s, abs=0.02 + 0.01 * phase_s)
    assert lean.there.end_s == pytest.approx(end, abs=0.02 + 0.01 * phase_s)
    assert told_s - end <= 0.3


def test_where_the_dowel_slipped_in_a_bend_its_end_is_where_one_stands_again():
    t, deg = curve((0, 0), (1, 0), (2, 60), (2.4, 60), (3.4, 11), (6, 11))
    ((lean, told_s),) = found(t, deg)
    assert lean.there.end_s == pytest.approx(3.4 - _EDGE, abs=0.05)
    assert told_s < 5.0


def test_touch_and_go_are_two_bends():
    told = found(*curve((0, 0), (1, 0), (2, 60), (3, 0), (3.05, 0), (4, 60), (5, 0), (6, 0)))
    assert [round(lean.peak_deg, -1) for lean, _ in told] == [60, 60]


def test_coming_up_to_a_fifth_and_down_again_are_two_bends():
    told = found(*curve((0, 0), (1, 0), (2, 60), (3, 12), (4, 58), (5, 0), (6, 0)))
    assert len(told) == 2


@pytest.mark.parametrize("halt", [(38, 38), (45, 60), (52, 61)])
def test_a_halt_or_a_bounce_ends_no_bend(halt):
    told = found(*curve((0, 0), (1, 0), (2, 60), (2.6, halt[0]), (3.2, halt[1]), (4.2, 0), (5, 0)))
    assert len(told) == 1


def test_a_bottom_of_six_seconds_is_one_bend():
    assert len(found(*curve((0, 0), (1, 0), (2, 60), (8, 60), (9, 0), (10, 0)))) == 1


def test_swaying_and_reaching_by_six_degrees_is_none():
    assert found(*curve((0, 0), (1, 6), (2, -4), (3, 5), (4, 0), (6, 0))) == []


def test_of_a_bend_whose_beginning_was_not_seen_nothing_is_told():
    t, deg = curve((0, 60), (1, 60), (2, 0), (4, 0))
    assert found(t, deg) == []


def test_a_hole_of_half_a_second_is_bridged_and_a_longer_one_is_not():
    t, deg = curve((0, 0), (1, 0), (2, 60), (4, 60), (5, 0), (6, 0))
    for length_s, count in ((0.4, 1), (0.8, 0)):
        holed = deg.copy()
        holed[(t > 2.5) & (t < 2.5 + length_s)] = np.nan
        assert len(found(t, holed)) == count


def test_hinges_and_squats_are_told_by_drop_over_lean():
    assert squat_by_lean(62.0, 0.13, SETTINGS) < 0.02
    assert squat_by_lean(45.0, 0.04, SETTINGS) < 0.02  # from the waist
    assert squat_by_lean(10.0, 0.16, SETTINGS) > 0.99
    assert squat_by_lean(32.0, 0.33, SETTINGS) > 0.9
    assert squat_by_lean(4.0, 0.02, SETTINGS) < 0.02  # not even a knee bend
    assert squat_by_lean(60.0, math.nan, SETTINGS) < 0.1


def test_depth_is_of_the_deepest_with_the_tailbone_on_or_of_what_is_known():
    scale = LeanScale(SETTINGS, 0.0)
    scale.note(60.0, 60.0)
    scale.note(90.0, 20.0)  # by rounding
    assert scale.depth(60.0) == pytest.approx(60 / 67.5)
    known = LeanScale(SETTINGS, 50.0)
    known.note(60.0, 60.0)
    assert known.depth(50.0) == known.judged(50.0) == 1.0


def signs(**changes):
    usual = {"heel": 0.0, "drop_m": 0.1, "depth": 0.9, "head": 0.7, "middle": 0.5,
             "tailbone": 0.0, "tailbone_at": 0.5, "tailbone_lost": 0.6,
             **{f"lost_{pad}": float(pad == "tailbone") for pad in PADS}}  # fmt: skip
    return Signs(**{**usual, **changes})


@pytest.mark.parametrize(
    ("drop_m", "cause"), [(0.062, "waist_bend"), (0.085, "rounding"), (0.118, "pelvic_tuck")]
)
def test_the_less_the_body_comes_down_for_its_lean_the_more_the_spine_flexed(drop_m, cause):
    falls = Falls()
    falls.note(60.0, 0.136)
    told = causes_by_lean(signs(), falls.of(60.0, drop_m))
    assert max(told, key=told.get) == cause
    assert told[cause] >= 0.5


def test_a_persons_usual_depth_is_a_clean_bend_to_compare_with():
    assert not Falls().of(60.0, 0.1).compared
    assert Falls(60.0, 0.13).of(60.0, 0.13) == (pytest.approx(0.0), True)


@cache
def recorded(script, seed=1):
    performance = perform(script, seed)
    return performance, frames_of(performance, true_rig(seed), seed, imu=True)


def reps_of(block, seed=1):
    output = Pipeline(tared_calibration(seed), AnalysisSettings()).feed(block)
    return [event.values["rep"] for event in output.events if event.name == "rep"]


@pytest.mark.parametrize("scenario", ["first-steps", "steady"])
def test_recordings_with_and_without_the_sensor_agree_on_the_repetitions(scenario):
    performance, block = recorded(find_script(scenario))
    without = block.copy()
    without["flags"][:, -1] = Flag.ABSENT
    by_angle, by_plates = reps_of(block), reps_of(without)
    assert [rep.kind for rep in by_angle] == [rep.kind for rep in by_plates]
    assert [[f.name for f in rep.faults] for rep in by_angle] == [
        [f.name for f in rep.faults] for rep in by_plates
    ]
    for angle, plates, truth in zip(by_angle, by_plates, performance.reps, strict=True):
        assert angle.start_s == pytest.approx(plates.start_s, abs=0.15)
        assert angle.end_s == pytest.approx(plates.end_s, abs=0.15)
        assert angle.start_s == pytest.approx(start_s(truth), abs=0.06)
        assert angle.end_s == pytest.approx(end_s(truth), abs=0.06)
        assert 0 < angle.decided_s - end_s(truth) <= 0.3
        assert angle.drop_m == pytest.approx(plates.drop_m, rel=0.1)
        assert (plates.depth_deg, plates.usable_depth_deg, plates.u_depth_deg) == (None,) * 3


def test_depth_is_in_degrees_with_its_uncertainty_and_how_much_of_it_is_usable():
    _, block = recorded(find_script("first-steps"))
    reps = reps_of(block)
    for rep in reps:
        lost = rep.first_loss == "tailbone"
        assert rep.depth_deg == pytest.approx(73.0 if lost else 65.0, abs=2.0)
        assert 0.5 < rep.u_depth_deg < 2.0
        assert (rep.usable_depth_deg < 0.85 * rep.depth_deg) is lost


def a_set(*bends):
    around = [part for bend in bends for part in (bend, Stand(1.2))]
    return Script(
        Trainee(),
        (Away(2.0), StepOn(), Stand(3.0), TakeDowel(), Stand(2.0), *around, StepOff(), Away(1.0)),
    )


def test_every_squat_is_told_and_no_hinge_beside_it_is_taken_for_one():
    squat = Hinge(knee_deg=95.0, trunk_deg=22.0, kind="squat")
    upright = Hinge(knee_deg=80.0, trunk_deg=6.0, kind="squat")
    _, block = recorded(a_set(Hinge(), squat, upright, Hinge(depth=0.68), Hinge()))
    reps = reps_of(block)
    assert [rep.kind for rep in reps] == ["hinge", "squat", "squat", "partial", "hinge"]
    assert min(rep.kind_confidence for rep in reps) > 0.9


def test_small_bends_are_incomplete_and_smaller_ones_nothing():
    _, block = recorded(a_set(Hinge(), Hinge(depth=0.35), Hinge(0.4, 0.0, 0.4, depth=0.15)))
    assert [rep.kind for rep in reps_of(block)] == ["hinge", "incomplete"]


def test_sitting_down_is_no_bend():
    _, block = recorded(a_set(Hinge(), Sit(), Hinge()))
    assert [rep.kind for rep in reps_of(block)] == ["hinge", "hinge"]


def test_with_a_dead_cell_the_angle_goes_on_counting():
    performance, block = recorded(find_script("steady"))
    dead = block.copy()
    dead["flags"][dead["t_ns"] > performance.reps[1].start_s * 1e9, 1] = Flag.TIMEOUT
    reps = reps_of(dead)
    assert [rep.kind for rep in reps] == ["hinge"] * 5
    assert reps[0].drop_m is not None
    assert [rep.drop_m for rep in reps[2:]] == [None] * 3
    assert [rep.depth_deg is not None for rep in reps] == [True] * 5
