"""The process that locks its memory carries nothing that it does not need."""

import subprocess
import sys

import pytest

_START = """
import sys
from rig.cli.options import read_config, run_dir_of
from rig.cli.sampler import sampler
from rig.config import load_config
from drivers.errors import PlatformError
from pathlib import Path
try:
    sampler.main(["--platform", "pi", "--state-dir", sys.argv[1], "--run-dir", sys.argv[2]],
                 standalone_mode=False)
except PlatformError:
    pass  # no pins here: everything that the process needs is loaded by now
import rig.sampler.loop
print(*sys.modules)
"""
_NEVER = ("rig.simulation", "rig.replay", "rig.recorder", "rig.recording", "mcap", "scipy",
          "sqlalchemy", "flask", "webui")  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules that the sampler's process has on platform pi."""
    place = tmp_path_factory.mktemp("light")
    done = subprocess.run(
        [sys.executable, "-c", _START, place / "state", place / "run"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_it_loads_the_loop_and_the_drivers(loaded):
    assert {"rig.sampler.loop", "drivers.hx711.bank", "rig.analysis.balance"} <= set(loaded)


@pytest.mark.parametrize("room", _NEVER)
def test_it_loads_neither_simulator_nor_replayer_nor_storage(loaded, room):
    assert [name for name in loaded if name == room or name.startswith(f"{room}.")] == []
