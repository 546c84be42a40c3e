"""The sampling loop on simulated wires: nothing dropped, every channel with its own time."""

from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

from drivers.errors import PlatformError
from drivers.pins.timing import PulseTimes
from drivers.sim.clock import VirtualClock
from rig.config.cells import CONVERTERS
from rig.frames import TICK_NS, Flag
from rig.handover.frame_ring import FrameReader
from rig.handover.page import PageReader
from rig.handover.run_dir import RunDir
from rig.names import CELLS, CHANNELS, FORCE_CHANNELS
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from rig.simulation.trainee.rig_truth import tared_calibration
from tests.support.virtual_rig import VirtualRig, sim_config

LEFT_HEEL_SPS = {"hx711": 85.3, "nau7802": 78.4}  # of the simulated oscillators
SAMPLER = Path(__file__).parents[3] / "rig" / "sampler"


@pytest.fixture(params=CONVERTERS)
def rig(request, tmp_path):
    config = sim_config(tmp_path, sim__scenario="standing", cells__converter=request.param)
    rig = VirtualRig(tmp_path, config)
    yield rig
    rig.sampler.close()


def rows_after(rig, seconds):
    reader = FrameReader(rig.run_dir.frames)
    rig.run(seconds)
    return reader.read_live(10**6).rows


def good(frames, channel):
    return frames["flags"][:, channel] == 0


def test_there_is_a_frame_for_every_10_ms_numbered_without_a_gap(rig):
    frames = rows_after(rig, 3.0)["frame"]
    assert len(frames) in (299, 300, 301)
    assert (np.diff(frames["t_ns"]) == TICK_NS).all()
    assert (np.diff(frames["seq"].astype(np.int64)) == 1).all()


def test_every_good_conversion_stands_in_exactly_one_frame(rig):
    frames = rows_after(rig, 3.0)["frame"]
    for channel in range(len(CELLS)):
        times = frames["cell_t_ns"][good(frames, channel), channel]
        delivered = rig.drivers["cells"].report()[channel].counters["delivered"]
        assert delivered - len(times) <= 1  # one may wait for the next tick
        assert len(np.unique(times)) == len(times)


def test_conversions_are_never_from_the_future_and_at_most_two_ticks_and_a_quarter_old(rig):
    frames = rows_after(rig, 3.0)["frame"]
    for channel in range(len(CELLS)):
        mine = good(frames, channel)
        age = frames["t_ns"][mine] - frames["cell_t_ns"][mine, channel]
        assert age.min() >= 0
        assert age.max() <= 2.25 * TICK_NS  # an HX711's waits for the one after it


def test_all_pads_are_scanned_in_every_tick(rig):
    frames = rows_after(rig, 3.0)["frame"]
    assert (frames["flags"][2:, len(CELLS) : len(FORCE_CHANNELS)] == 0).all()


def test_without_a_calibration_there_are_counts_only(rig):
    rows = rows_after(rig, 0.5)
    assert (rows["frame"]["cal"] == 0).all()
    assert np.isnan(rows["signals"]["fz_n"]).all()
    assert not rows["signals"]["valid"].any()


def test_the_control_pages_calibration_is_followed_at_once_and_named_in_the_frame(rig):
    rig.run(14.0)  # the platform is empty for ten seconds
    rig.control(tared_calibration(), generation=7)
    rows = rows_after(rig, 1.0)
    assert (rows["frame"]["cal"][2:] == 7).all()
    assert rows["signals"]["fz_n"][-1] == pytest.approx(72 * 9.81, rel=0.01)
    assert rows["signals"]["valid"][-1] == 2 ** len(FORCE_CHANNELS) - 1


@pytest.mark.parametrize("channel", ["right_toe", "head"])
def test_a_channel_that_dies_is_flagged_and_the_others_go_on(rig, channel):
    rig.control(tared_calibration())
    rig.run(2.0)
    rig.control(tared_calibration(), **{channel: "unplugged"})
    rows = rows_after(rig, 1.0)
    bit = 1 << CHANNELS.index(channel)
    late = rows["signals"]["valid"][20:]
    assert not (late & bit).any()
    assert (late & 1).all()
    assert np.isnan(rows["signals"]["fz_n"][-1]) == (channel in CELLS)


def test_a_mended_channel_comes_back(rig):
    rig.control(tared_calibration(), left_heel="unplugged")
    rig.run(2.0)
    rig.control(tared_calibration())
    rows = rows_after(rig, 2.0)
    assert rows["signals"]["valid"][-1] & 1


def test_a_short_stall_is_made_up_tick_by_tick_and_a_long_one_leaves_a_gap(rig):
    rig.run(1.0)
    reader = FrameReader(rig.run_dir.frames)
    rig.clock.advance(50_000_000)
    rig.run(0.1)
    rig.clock.advance(5_000_000_000)
    rig.run(0.1)
    steps = np.diff(reader.read_live().rows["frame"]["t_ns"])
    assert (steps == TICK_NS).sum() == len(steps) - 1
    assert steps.max() > 4_900_000_000


def test_a_conversion_read_after_its_tick_waits_for_the_next(rig):
    rig.run(2.0)  # an NAU7802 needs more than a second to start
    frames = rows_after(rig, 2.0)["frame"]
    none = (frames["flags"][:, : len(CELLS)] & Flag.NONE).astype(bool)
    assert 0.02 < none.mean() < 0.25  # 78 to 92 SPS in 100 ticks


def test_the_status_page_tells_rates_counters_and_lateness(rig):
    rig.run(3.0)
    status = PageReader(rig.run_dir.status, dict).read()
    assert status["state"] == "running"
    assert status["frames"] == pytest.approx(300, abs=101)
    assert status["rate_sps"]["left_heel"] == pytest.approx(
        LEFT_HEEL_SPS[rig.config.cells.converter], rel=0.02
    )
    assert status["counters"]["left_heel"]["driver"] == rig.config.cells.converter
    assert status["rate_sps"]["tailbone"] == pytest.approx(100, rel=0.02)
    assert set(status["counters"]) == set(FORCE_CHANNELS)
    assert set(status["late_us"]) == {"p50", "p99", "max"}


def test_a_restarted_sampler_goes_on_with_the_numbers(tmp_path):
    first = VirtualRig(tmp_path)
    first.run(0.5)
    head = FrameReader(first.run_dir.frames).head
    first.sampler.close()
    second = VirtualRig(tmp_path)
    second.run(0.5)
    reader = FrameReader(second.run_dir.frames, "oldest")
    seqs = reader.read_live(1000).rows["frame"]["seq"]
    assert seqs[0] == 0
    assert len(seqs) > head
    assert (np.diff(seqs.astype(np.int64)) == 1).all()


def test_a_scenario_breaks_channels_and_mends_them(tmp_path):
    rig = VirtualRig(tmp_path, sim_config(tmp_path, sim__scenario="loose-plugs"))
    reader = FrameReader(rig.run_dir.frames)
    rig.run(10.0)
    frames = reader.read_live(10**6).rows["frame"]
    mine = good(frames, CHANNELS.index("left_toe"))
    second = (frames["t_ns"] - frames["t_ns"][0]) // 1_000_000_000
    assert mine[second == 7].sum() > 80
    assert mine[second == 8].sum() < 70
    assert mine[second == 9].sum() > 80
    rig.sampler.close()


def test_building_a_sampler_touches_no_pin_and_no_bus(tmp_path):
    config, clock, run_dir = sim_config(tmp_path), VirtualClock(), RunDir(tmp_path)
    run_dir.make()
    wires = open_sim(config, clock)
    opened = []
    drivers = build_drivers(config, wires.pins, opened.append, clock)
    sampler = Sampler(config, Platform(wires.pins, drivers, clock), run_dir, Realtime())
    touched = [wires.header.calls, *wires.header.outputs, *opened]
    sampler.close()
    assert touched == [0]


def test_the_sampling_loop_names_no_chip():
    for module in ("loop", "sources", "assemble", "status", "rows"):
        source = (SAMPLER / f"{module}.py").read_text().lower()
        assert not any(chip in source for chip in ("hx711", "ads1115", "nau7802")), module


class _Moody:
    """Converters whose pulses were too long the first few times that they were timed."""

    def __init__(self, driver, slow_times):
        self._driver, self._slow_times = driver, slow_times
        self.timed = 0

    def __getattr__(self, name):
        return getattr(self._driver, name)

    def pulse_times(self):
        self.timed += 1
        too_long = 40 if self.timed <= self._slow_times else 0
        return PulseTimes(2000, 4.0, 90.0 if too_long else 6.0, too_long)


@pytest.mark.parametrize(("slow_times", "timed"), [(0, 1), (2, 3), (9, 3)])
def test_pulses_that_were_too_long_are_timed_again_before_a_machine_is_refused(
    tmp_path, slow_times, timed
):
    rig = VirtualRig(tmp_path, sim_config(tmp_path))
    moody = _Moody(rig.drivers["cells"], slow_times)
    drivers = {**rig.drivers, "cells": moody}
    platform = Platform(rig.wires.pins, drivers, rig.clock, real=True)
    sampler = Sampler(rig.config, platform, rig.run_dir, Realtime())
    with pytest.raises(PlatformError) if slow_times > 2 else nullcontext():
        sampler.open()
    assert moody.timed == timed
    sampler.close()
