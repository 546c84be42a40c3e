"""What movement says of a person besides repetitions, and that rates and holes do not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.calibration import typical_calibration
from rig.frames import FORCES, Flag
from rig.names import PADS
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import (
    Away,
    Hinge,
    HoldOn,
    Jolt,
    Script,
    Sit,
    Stand,
    StepOn,
    TakeDowel,
    Trainee,
    find_script,
)

PLACES = typical_calibration("none", id="none", created_utc="1970-01-01T00:00:00Z")


def forces(performance, rate_hz=100.0, seed=1):
    """A recording in newtons at any rate, with sensor noise."""
    rng = np.random.default_rng(seed)
    t = np.arange(0, performance.duration_s - 0.01, 1 / rate_hz)
    rows = np.zeros(len(t), FORCES)
    rows["t_ns"] = np.round(t * 1e9)
    grid = np.arange(len(performance.cell_n)) / RATE_HZ
    for cell in range(4):
        rows["cell_n"][:, cell] = np.interp(t, grid, performance.cell_n[:, cell])
    for pad in range(len(PADS)):
        rows["pad_n"][:, pad] = np.interp(t, grid, performance.pad_n[:, pad])
    rows["cell_n"] += rng.normal(0, 0.3, rows["cell_n"].shape)
    return rows


def events(rows, **known):
    return Pipeline(PLACES, AnalysisSettings(), **known).feed_forces(rows).events


def named(found, name):
    return [event.values for event in found if event.name == name]


def kinds(found):
    return [values["rep"].kind for values in named(found, "rep")]


def script(*steps, trainee=None):
    return Script(trainee or Trainee(), (Away(2.0), StepOn(), *steps))


HINGES = (TakeDowel(), Stand(1.5), Hinge(), Stand(1.0), Hinge(), Stand(1.0))


@pytest.mark.parametrize("rate_hz", [50, 80, 100, 240, 1000])
def test_five_hinges_are_five_at_any_rate(rate_hz):
    performance = perform(find_script("steady"), 3)
    reps = [values["rep"] for values in named(events(forces(performance, rate_hz)), "rep")]
    assert [rep.kind for rep in reps] == ["hinge"] * 5
    for rep, truth in zip(reps, performance.reps, strict=True):
        assert rep.start_s == pytest.approx(truth.start_s + 0.135 * 1.6, abs=0.12)
        assert rep.end_s == pytest.approx(truth.end_s - 0.135 * 1.4, abs=0.12)


def test_missing_rows_and_uneven_times_change_no_repetition():
    rows = forces(perform(find_script("steady"), 3))
    rng = np.random.default_rng(5)
    kept = np.sort(rng.choice(len(rows), round(0.8 * len(rows)), replace=False))
    rows = rows[kept]
    rows["t_ns"] += rng.integers(-2_000_000, 2_000_000, len(rows))
    assert kinds(events(rows)) == ["hinge"] * 5


def test_a_short_hole_is_bridged_and_a_long_one_is_told():
    performance = perform(find_script("steady"), 3)
    rows = forces(performance)
    start = round(performance.reps[1].start_s * 100)
    short = np.delete(rows, slice(start + 40, start + 65))
    assert kinds(events(short)) == ["hinge"] * 5
    assert named(events(short), "signal_gap") == []
    found = events(np.delete(rows, slice(start + 40, start + 240)))
    assert kinds(found) == ["hinge"] * 4
    assert named(found, "signal_gap")[0]["duration_s"] == pytest.approx(2.0, abs=0.03)


def test_a_dead_pad_stops_neither_the_plates_nor_the_other_contacts():
    performance = perform(find_script("first-steps"), 1)
    block = frames_of(performance, true_rig(1), 1)
    block["flags"][:, 4 + PADS.index("head")] = Flag.OPEN
    found = Pipeline(tared_calibration(1), AnalysisSettings()).feed(block).events
    reps = [values["rep"] for values in named(found, "rep")]
    assert len(reps) == 5
    assert reps[2].first_loss == "tailbone"
    assert reps[0].contact_kept_pct[PADS.index("head")] is None


def test_someone_who_takes_a_load_is_weighed_again_and_body_weight_stays():
    first = perform(script(Stand(3.0), *HINGES), 2)
    heavier = perform(script(Stand(3.0), *HINGES, trainee=Trainee(mass_kg=88.0)), 2)
    rows = forces(first)
    loaded = forces(heavier)[600:]
    loaded["t_ns"] += rows["t_ns"][-1] + 10_000_000 - loaded["t_ns"][0]
    pipeline = Pipeline(PLACES, AnalysisSettings())
    before = pipeline.feed_forces(rows).events
    pipeline.rebaseline(16.0)
    after = pipeline.feed_forces(loaded).events
    weights = [values["body_weight_n"] for values in named([*before, *after], "weighed")]
    assert weights == pytest.approx([72 * 9.81] * 2, rel=0.01)
    assert kinds(after) == ["hinge", "hinge"]


def test_a_load_that_nobody_announced_is_noticed_too():
    plain = forces(perform(script(Stand(3.0)), 2))
    loaded = forces(perform(script(Stand(3.0), *HINGES, trainee=Trainee(mass_kg=92.0)), 2))[600:]
    loaded["t_ns"] += plain["t_ns"][-1] + 10_000_000 - loaded["t_ns"][0]
    found = events(np.concatenate([plain, loaded]))
    weights = [values["body_weight_n"] for values in named(found, "weighed")]
    assert weights == pytest.approx([72 * 9.81, 92 * 9.81], rel=0.01)
    assert kinds(found) == ["hinge", "hinge"]


def test_leaning_on_something_is_no_new_weight():
    found = events(forces(perform(script(Stand(3.0), HoldOn(4.0), Stand(6.0), *HINGES), 2)))
    assert len(named(found, "weighed")) == 1
    assert {"reason": "holding_on"} in named(found, "weighing_failed")
    assert kinds(found) == ["hinge", "hinge"]


def test_sitting_down_and_getting_up_is_no_repetition_and_the_next_one_is():
    found = events(forces(perform(script(Stand(3.0), Sit(), Stand(2.0), *HINGES), 2)))
    assert kinds(found) == ["hinge", "hinge"]


def test_getting_up_from_a_chair_five_times_is_no_repetition():
    sits = [Sit(1.2, 0.6, 0.9, 0.7), Stand(0.5)] * 5
    rows = forces(perform(script(Stand(2.0), *sits, Stand(1.0)), 5))
    assert kinds(events(rows)) == []
    assert kinds(events(rows[700:])) == []  # begins seated


def marching(t_s):
    return 0.5 + 0.5 * np.clip(1.6 * np.sin(5 * t_s), -1, 1), 1 + 0.1 * np.sin(10 * t_s)


def jumping(t_s):
    into = t_s % 4
    force = np.select([into < 0.35, into < 0.65, into < 0.95, into < 1.25], [0.6, 1.9, 0.0, 1.9], 1)
    return np.full(len(t_s), 0.5), force


@pytest.mark.parametrize("move", [marching, jumping])
def test_marching_and_jumping_are_no_repetitions(move):
    t = np.arange(0, 30, 0.01)
    right, force = move(t)
    moves = (t > 6) & (t < 26)
    right, force = np.where(moves, right, 0.5), 700 * np.where(moves, force, 1.0)
    rows = np.zeros(len(t), FORCES)
    rows["t_ns"] = np.round(t * 1e9)
    sides = np.stack([1 - right, 1 - right, right, right], axis=1)
    rows["cell_n"] = force[:, None] * sides * [0.55, 0.45, 0.55, 0.45]
    rows["pad_n"] = np.nan
    assert kinds(events(rows)) == []


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0.02, 0.1, 0.4, 1.5]), st.floats(0.2, 6.0))
def test_whatever_the_forces_every_answer_is_finite_and_in_order(seed, rough, hz):
    rng = np.random.default_rng(seed)
    t = np.arange(0, 40, 0.02)
    rows = np.zeros(len(t), FORCES)
    rows["t_ns"] = np.round(t * 1e9) + rng.integers(0, 5_000_000, len(t))
    waves = np.sin(2 * np.pi * hz * t[:, None] + rng.uniform(0, 6, 4))
    rows["cell_n"] = 175 * (1 + rough * waves) + rng.normal(0, 30 * rough, (len(t), 4))
    rows["cell_n"][rng.random(len(t)) < 0.05] = np.nan
    rows["cell_n"][rng.integers(len(t)) :][:100] = 0.0
    rows["pad_n"] = rng.normal(3, 3, (len(t), len(PADS)))
    found = events(rows)
    assert [event.t_ns for event in found] == sorted(event.t_ns for event in found)
    for values in named(found, "rep"):
        rep = values["rep"]
        times = [rep.start_s, rep.bottom_start_s, rep.bottom_end_s, rep.end_s, rep.decided_s]
        assert times == sorted(times)
        assert np.isfinite([rep.depth, rep.body_weight_n, rep.heel_share_min]).all()


def test_someone_who_starts_at_once_is_weighed_by_moving():
    hinges = [Hinge(), Stand(0.1)] * 6
    found = events(forces(perform(script(TakeDowel(), *hinges), 4)))
    reps = [values["rep"] for values in named(found, "rep")]
    assert len(reps) >= 4
    assert reps[-1].body_weight_n == pytest.approx(72 * 9.81, rel=0.01)


def test_an_empty_platform_that_does_not_read_zero_is_told_once():
    rows = forces(perform(Script(Trainee(), (Away(8.0),)), 1))
    rows["cell_n"] += 3.0
    assert [v["offset_n"] for v in named(events(rows), "zero_drift")] == pytest.approx([12], abs=1)
    rows["cell_n"] -= 2.9
    assert named(events(rows), "zero_drift") == []


def test_each_repetition_says_how_the_contacts_were_held():
    found = named(events(forces(perform(find_script("first-steps"), 1))), "contacts")
    assert [values["rep"] for values in found] == [1, 2, 3, 4, 5]
    clean, lost = found[0], found[2]
    held = dict.fromkeys(PADS, "held")
    words = {"head": "light", "mid_back": "firm", "tailbone": "steady"}
    assert clean["bands"] == held | words
    assert clean["first_losses"] == {}
    assert clean["usable_depth"] == pytest.approx(1.0, abs=0.05)
    assert lost["bands"]["tailbone"] in ("lost", "unsteady")
    assert list(lost["first_losses"]) == ["tailbone"]
    assert lost["first_losses"]["tailbone"]["phase"] == "eccentric"
    assert 0.5 < lost["usable_depth"] < 0.9


def test_a_weighing_that_fails_says_why():
    def reasons(*steps, trainee=None):
        rows = forces(perform(script(*steps, trainee=trainee), 2))
        return {values["reason"] for values in named(events(rows), "weighing_failed")}

    assert reasons(Stand(8.0), trainee=Trainee(right_share=0.95)) == {"one_foot_off"}
    restless = [Jolt(0.3, 0.05), Stand(0.2)] * 16
    assert reasons(*restless) == {"moving"}
    assert reasons(Stand(8.0)) == set()
