"""The dowel's inclination: right, whatever the mounting, whatever the blocks, whatever breaks."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rig.analysis.inclination import Inclination
from rig.analysis.lean_settings import InclinationSettings
from rig.analysis.pipeline import Pipeline
from rig.analysis.settings import AnalysisSettings
from rig.frames import TICK_NS, Flag
from rig.names import CHANNELS
from rig.simulation.trainee.frames import frames_of
from rig.simulation.trainee.motion import RATE_HZ
from rig.simulation.trainee.performance import perform
from rig.simulation.trainee.rig_truth import tared_calibration, true_rig
from rig.simulation.trainee.script import find_script

IMU = CHANNELS.index("imu")
GRAVITY = 9.80665


@cache
def recording(scenario="first-steps", seed=1):
    performance = perform(find_script(scenario), seed)
    return performance, frames_of(performance, true_rig(seed), seed, imu=True)


def analyse(block, seed=1):
    return Pipeline(tared_calibration(seed), AnalysisSettings()).feed(block)


def reps_of(output):
    return [event.values["rep"] for event in output.events if event.name == "rep"]


def named(output, name):
    return [event for event in output.events if event.name == name]


def true_deg(performance, block):
    grid = np.arange(len(performance.dowel_deg)) / RATE_HZ
    return np.interp(block["t_ns"] * 1e-9, grid, performance.dowel_deg)


@settings(max_examples=12)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_any_split_into_blocks_gives_the_same_bytes_and_events(sizes):
    _, block = recording()
    part = block[400:3000].copy()
    part["flags"][:50, IMU] = Flag.NONE
    part["flags"][700:760, IMU] = Flag.TIMEOUT
    part["flags"][1300:1330, 0] = Flag.TIMEOUT
    part["flags"][1700:1900, 1] = Flag.TIMEOUT
    part = np.delete(part, slice(1500, 1530))
    whole = analyse(part)
    pipeline = Pipeline(tared_calibration(), AnalysisSettings())
    signals, events, start = [], [], 0
    for size in [*sizes, len(part)]:
        output = pipeline.feed(part[start : start + size])
        signals.append(output.signals.tobytes())
        events += output.events
        start += size
    assert b"".join(signals) == whole.signals.tobytes()
    assert events == whole.events


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_right_within_its_stated_uncertainty(seed):
    performance, block = recording(seed=seed)
    signals = analyse(block, seed).signals
    off = signals["inclination_deg"] - true_deg(performance, block)
    for rep in performance.reps:
        inside = (block["t_ns"] > rep.start_s * 1e9) & (block["t_ns"] < rep.end_s * 1e9)
        assert np.sqrt(np.mean(off[inside] ** 2)) <= 2.0
    known = np.isfinite(off)
    assert np.mean(np.abs(off[known]) < 2 * signals["inclination_sd_deg"][known]) > 0.95


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6))
def test_how_the_sensor_is_mounted_does_not_matter(seed):
    _, block = recording("steady")
    turned = block[: len(block) // 2].copy()
    rotation, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    rotation *= np.sign(np.linalg.det(rotation))
    for axes in (slice(0, 3), slice(3, 6)):
        turned["imu_values"][:, axes] = turned["imu_values"][:, axes] @ rotation.T
    before = analyse(block[: len(block) // 2]).signals["inclination_deg"]
    after = analyse(turned).signals["inclination_deg"]
    assert np.isfinite(before).any()
    np.testing.assert_allclose(after, before, atol=0.01)


def test_before_the_dowel_is_taken_nothing_is_said_of_a_back():
    performance, block = recording()
    held = np.interp(block["t_ns"] * 1e-9, np.arange(len(performance.pad_n)) / RATE_HZ,
                     performance.pad_n.sum(axis=1)) > 0  # fmt: skip
    signals = analyse(block).signals
    assert np.isnan(signals["inclination_deg"][: int(held.argmax())]).all()


def test_unplugged_in_mid_set_the_plates_go_on_and_it_says_so():
    performance, block = recording("steady")
    third = performance.reps[2]
    away = (block["t_ns"] > (third.start_s - 0.5) * 1e9) & (block["t_ns"] < third.end_s * 1e9)
    block = block.copy()
    block["flags"][away, IMU] = Flag.TIMEOUT
    output = analyse(block)
    reps = reps_of(output)
    assert [rep.kind for rep in reps] == ["hinge"] * 5
    assert [rep.depth_deg is None for rep in reps] == [False, False, True, False, False]
    gone = [event.values for event in named(output, "angle_off")]
    assert gone[0] == {"reason": "sensor"}
    assert len(named(output, "angle_on")) == 2
    assert np.isnan(output.signals["inclination_deg"][away][10:]).all()


def test_a_hole_of_a_fifth_of_a_second_in_a_bend_is_bridged():
    performance, block = recording("steady")
    second = performance.reps[1]
    block = block.copy()
    hole = slice(*np.searchsorted(block["t_ns"], np.array([0.5, 0.7]) * 1e9 + second.start_s * 1e9))
    block["flags"][hole, IMU] = Flag.TIMEOUT
    output = analyse(block)
    assert [rep.depth_deg is None for rep in reps_of(output)] == [False] * 5
    assert reps_of(output)[1].depth_deg == pytest.approx(65.0, abs=3.0)


def stream(angles_deg, *, turns=True):
    """Frames of a dowel that leans so, without noise: own times, values, and what else is asked."""
    n = len(angles_deg)
    t_ns = TICK_NS * np.arange(1, n + 1)
    angle = np.radians(angles_deg)
    values = np.zeros((n, 6))
    values[:, 0], values[:, 2] = -GRAVITY * np.sin(angle), GRAVITY * np.cos(angle)
    values[:, 4] = np.gradient(angle) * 1e9 / TICK_NS if turns else 0.0
    yes, no = np.ones(n, np.bool_), np.zeros(n, np.bool_)
    return t_ns, t_ns, values, yes, yes, no


def test_a_dowel_that_slips_gets_another_zero_and_it_is_told():
    still, slipped = np.zeros(300), np.full(400, 9.0)
    room = Inclination(InclinationSettings())
    found = room.feed(*stream(np.concatenate([still, np.linspace(0, 9, 20), slipped])))
    assert [round(slip.change_deg) for slip in room.slips] == [9]
    assert found.deg[250] == pytest.approx(0.0, abs=0.2)
    assert found.deg[450] == pytest.approx(9.0, abs=0.5)
    assert found.deg[-1] == pytest.approx(0.0, abs=0.5)


def test_a_bottom_held_for_six_seconds_is_no_slip():
    down = 60 * (1 - np.cos(np.linspace(0, np.pi, 150))) / 2
    angles = np.concatenate([np.zeros(300), down, np.full(600, 60.0), down[::-1], np.zeros(200)])
    room = Inclination(InclinationSettings())
    found = room.feed(*stream(angles))
    assert room.slips == []
    assert found.deg[1000] == pytest.approx(60.0, abs=1.0)
    assert found.deg[-1] == pytest.approx(0.0, abs=1.0)


def test_without_the_sensor_nothing_is_said():
    nothing = np.zeros(50, np.bool_)
    t_ns, own, values, _, held, gone = stream(np.zeros(50))
    found = Inclination(InclinationSettings()).feed(t_ns, own, values, nothing, held, gone)
    assert np.isnan(found.deg).all()
    assert np.isnan(found.sd_deg).all()
