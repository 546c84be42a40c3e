"""What movement says of a person besides repetitions, and that rates and holes do not matter."""

import numpy as np
import pytest

from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.calibration import typical_calibration
from rig.frames import FORCES, Flag
from rig.names import PADS
from rig.trainee.frames import frames_of
from rig.trainee.motion import RATE_HZ
from rig.trainee.performance import perform
from rig.trainee.rig_truth import tared_calibration, true_rig
from rig.trainee.script import (
    Away,
    Hinge,
    HoldOn,
    Person,
    Script,
    Sit,
    Stand,
    StepOn,
    TakeDowel,
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
    for pad in range(3):
        rows["pad_n"][:, pad] = np.interp(t, grid, performance.pad_n[:, pad])
    rows["cell_n"] += rng.normal(0, 0.3, rows["cell_n"].shape)
    return rows


def events(rows, **known):
    return Pipeline(PLACES, AnalysisSettings(), **known).feed_forces(rows).events


def named(found, name):
    return [event.values for event in found if event.name == name]


def kinds(found):
    return [values["rep"].kind for values in named(found, "rep")]


def script(*steps, person=None):
    return Script(person or Person(), (Away(2.0), StepOn(), *steps))


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
    heavier = perform(script(Stand(3.0), *HINGES, person=Person(mass_kg=88.0)), 2)
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
    loaded = forces(perform(script(Stand(3.0), *HINGES, person=Person(mass_kg=92.0)), 2))[600:]
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


def test_someone_who_starts_at_once_is_weighed_by_moving():
    hinges = [Hinge(), Stand(0.1)] * 6
    found = events(forces(perform(script(TakeDowel(), *hinges), 4)))
    reps = [values["rep"] for values in named(found, "rep")]
    assert len(reps) >= 4
    assert reps[-1].body_weight_n == pytest.approx(72 * 9.81, rel=0.01)


def test_an_empty_platform_that_does_not_read_zero_is_told_once():
    rows = forces(perform(Script(Person(), (Away(8.0),)), 1))
    rows["cell_n"] += 3.0
    assert [v["offset_n"] for v in named(events(rows), "zero_drift")] == pytest.approx([12], abs=1)
    rows["cell_n"] -= 2.9
    assert named(events(rows), "zero_drift") == []


def test_each_repetition_says_how_the_contacts_were_held():
    found = events(forces(perform(find_script("first-steps"), 1)))
    bands = named(found, "contact_bands")
    assert len(bands) == 5
    assert bands[0] == {"head": "light", "mid_back": "firm", "tailbone": "steady"}
    assert bands[2]["tailbone"] in ("lost", "unsteady")
