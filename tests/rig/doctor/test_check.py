"""The doctor on simulated rigs: each fault gets its own verdict, running or not."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from rig.cli.doctor import doctor
from rig.cli.sim import sim
from rig.config.cells import CONVERTERS
from rig.doctor.check import check_sampler
from rig.doctor.verdicts import level_of
from rig.names import CELLS, FORCE_CHANNELS, PADS
from tests.support.rig_process import RigProcess
from tests.support.virtual_rig import VirtualRig, sim_config


def check(tmp_path, converter="hx711", **faults):
    """Three virtual seconds on an empty platform."""
    config = sim_config(
        tmp_path, sim__scenario="empty", sim__faults=faults, cells__converter=converter
    )
    rig = VirtualRig(tmp_path, config)
    return check_sampler(rig.sampler, rig.run_dir, 3.0, lambda _: None)


def test_a_healthy_rig_passes_with_its_figures(tmp_path):
    result = check(tmp_path)
    assert result.ok
    assert [level_of(result.findings[name]) for name in FORCE_CHANNELS] == ["ok"] * len(
        FORCE_CHANNELS
    )
    for name in CELLS:
        assert 80 < result.figures[name].rate_sps < 96
        assert 0 < result.figures[name].noise_n < 0.15
    for name in PADS:
        assert result.figures[name].idle_v == pytest.approx(0.033, abs=0.005)
        assert result.figures[name].median_counts == pytest.approx(0.033 / 0.000125, abs=40)
    assert result.pulse["too_long"] == 0


def test_a_healthy_rig_on_i2c_passes_and_has_no_clock_pulses(tmp_path):
    result = check(tmp_path, "nau7802")
    assert result.ok, result.findings
    assert {result.figures[name].driver for name in CELLS} == {"nau7802"}
    for name in CELLS:
        assert 76 < result.figures[name].rate_sps < 84
        assert 0 < result.figures[name].noise_n < 0.15
    assert result.pulse is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("unplugged", "the NAU7802 does not answer"),
        ("saturated", "saturated"),
        ("frozen", "answers and does not convert"),
        ("resets", "loses its settings"),
        ("uncalibrated", "calibration fails"),
    ],
)
def test_a_fault_of_a_cell_on_i2c_gets_its_own_verdict_and_the_others_pass(tmp_path, fault, words):
    result = check(tmp_path, "nau7802", right_heel=fault)
    assert words in result.findings["right_heel"][0].what
    others = [name for name in FORCE_CHANNELS if name != "right_heel"]
    assert [result.findings[name] for name in others] == [[]] * len(others)


@pytest.mark.parametrize(
    ("channel", "fault", "words"),
    [
        ("left_heel", "unplugged", "not connected"),
        ("left_toe", "stuck_high", "stuck high"),
        ("right_heel", "stuck_low", "stuck low"),
        ("right_toe", "saturated", "saturated"),
        ("left_heel", "slow", "10 SPS"),
        ("head", "open", "wire open"),
        ("mid_back", "short", "wire shorted"),
    ],
)
def test_each_fault_gets_its_own_verdict_and_the_other_channels_pass(
    tmp_path, channel, fault, words
):
    result = check(tmp_path, **{channel: fault})
    assert not result.ok
    assert words in result.findings[channel][0].what
    others = [name for name in FORCE_CHANNELS if name != channel]
    assert [result.findings[name] for name in others] == [[]] * len(others)


@pytest.mark.parametrize(("fault", "words"), [("unplugged", "not answer"), ("stuck", "stuck")])
def test_a_dead_bus_fails_all_pads_and_no_cell(tmp_path, fault, words):
    result = check(tmp_path, head=fault)
    assert all(words in result.findings[name][0].what for name in PADS)
    assert all(result.findings[name] == [] for name in CELLS)


def test_without_a_running_rig_the_doctor_samples_by_itself_and_prints_a_table(tmp_path):
    command = [sys.executable, "-m", "rig.cli", "doctor", "--seconds", "1"]
    environment = {
        "HINGE_RIG_SIM_SCENARIO": "empty",
        "HINGE_RIG_SIM_FAULTS": '{left_toe = "unplugged"}',
        "HINGE_RIG_PATHS_STATE_DIR": str(tmp_path / "state"),
    }
    ended = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "left_toe: not connected" in ended.stdout
    assert "check VCC, GND and DOUT" in ended.stdout
    assert "measuring for 1 s" in ended.stderr
    assert ended.stdout.splitlines()[0].startswith("channel")


def test_a_comparison_is_refused_where_the_package_cannot_read_the_cells(tmp_path):
    file = tmp_path / "rig.toml"
    file.write_text("[cells]\nconverter = 'nau7802'\n[rig]\nplatform = 'pi'\n")
    arguments = ["--compare", "left_toe", "--config", str(file), "--state-dir", str(tmp_path)]
    refused = CliRunner().invoke(doctor, arguments)
    assert refused.exit_code == 2
    assert "--compare reads HX711 only" in refused.stderr


@pytest.mark.rig
@pytest.mark.parametrize("converter", CONVERTERS)
def test_a_running_rig_is_watched_and_a_broken_chip_is_named(tmp_path, converter):
    state, file = tmp_path / "state", tmp_path / "rig.toml"
    file.write_text(f"[cells]\nconverter = '{converter}'\n")
    arguments = ["--state-dir", str(state), "--seconds", "2", "--json"]
    with RigProcess(state, "--scenario", "empty", "--config", str(file)) as rig:
        rig.wait_until_ok()
        whole = CliRunner().invoke(doctor, arguments)
        CliRunner().invoke(sim, ["fault", "left_toe", "unplugged", "--state-dir", str(state)])
        broken = CliRunner().invoke(doctor, arguments)
    assert broken.exit_code == 1
    before, after = (json.loads(result.stdout) for result in (whole, broken))
    assert before["source"] == after["source"] == "running rig"
    assert before["channels"]["left_toe"]["good"] > 0
    assert before["channels"]["left_toe"]["driver"] == converter
    assert after["channels"]["left_toe"]["verdict"] == "fail"


@pytest.mark.parametrize(
    ("fault", "what", "cause"),
    [
        ("no_clock", "stuck low", "the SCK wire is broken"),
        ("fast", "too fast to be read", "a crystal of 20 MHz (144 SPS)"),
        ("resets", "doubtful conversions", "its supply dips"),
        ("flips", "conversions jumped away and back", "disturbances on DOUT or SCK"),
        ("loose", "doubtful conversions", "its plug is loose"),
    ],
)
def test_a_cells_cause_is_named_and_costs_the_pads_nothing(tmp_path, fault, what, cause):
    result = check(tmp_path, left_toe=fault)
    (finding, *_) = result.findings["left_toe"]
    assert what in finding.what
    assert cause in finding.cause
    others = [name for name in FORCE_CHANNELS if name != "left_toe"]
    assert [result.findings[name] for name in others] == [[]] * len(others)


def test_cells_whose_data_lines_touch_are_named_to_each_other(tmp_path):
    result = check(tmp_path, left_toe="tied")
    one, other = (result.findings[name][0] for name in ("left_toe", "right_heel"))
    assert one.what.endswith("touches that of another cell: right_heel")
    assert other.what.endswith("touches that of another cell: left_toe")
    assert all(result.findings[name] == [] for name in ("left_heel", "right_toe", *PADS))


def test_a_supply_that_dips_for_all_is_no_matter_of_their_plugs(tmp_path):
    result = check(tmp_path, **dict.fromkeys(CELLS, "resets"))
    for name in CELLS:
        assert "the supply of the boards dips" in result.findings[name][0].cause


@pytest.mark.parametrize(
    ("fault", "what", "cause"),
    [
        ("wrong_address", "a chip answers at 0x49", "ADDR wire sets another address"),
        ("taken", "taken by a driver of the kernel", "an overlay"),
        ("no_end", "OS bit stays 0", "faulty clone"),
        ("ads1015", "multiples of 16", "an ADS1015"),
        ("slow_bus", "a transfer takes", "clocked at 100 kHz"),
        ("slow_clone", "a conversion takes", "slower than the ADS1115's data sheet allows"),
    ],
)
def test_what_is_wrong_with_the_pads_converter_or_bus_is_named(tmp_path, fault, what, cause):
    result = check(tmp_path, head=fault)
    for name in PADS:
        (finding,) = result.findings[name]
        assert what in finding.what
        assert cause in finding.cause
    assert all(result.findings[name] == [] for name in CELLS)
