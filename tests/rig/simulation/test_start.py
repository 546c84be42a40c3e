"""A simulated trainee outlives the sampler."""

import pytest

from rig.config.schema import SimSection
from rig.handover.run_dir import RunDir
from rig.simulation.start import script_start_ns


@pytest.fixture
def run_dir(tmp_path):
    return RunDir(tmp_path)


def test_the_first_sampler_begins_the_scenario(run_dir):
    assert script_start_ns(run_dir, SimSection(), 1000) == 1000


def test_a_restarted_sampler_finds_it_going_on(run_dir):
    script_start_ns(run_dir, SimSection(), 1000)
    assert script_start_ns(run_dir, SimSection(), 5000) == 1000


@pytest.mark.parametrize("other", [SimSection(scenario="steady"), SimSection(seed=2)])
def test_another_scenario_or_seed_begins_anew(run_dir, other):
    script_start_ns(run_dir, SimSection(), 1000)
    assert script_start_ns(run_dir, other, 5000) == 5000


@pytest.mark.parametrize("rest", [b"", b"garbled", b"\x00" * 4096])
def test_what_cannot_be_read_begins_anew(run_dir, rest):
    run_dir.trainee.write_bytes(rest)
    assert script_start_ns(run_dir, SimSection(), 5000) == 5000
