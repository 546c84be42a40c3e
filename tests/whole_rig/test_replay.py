"""`hinge-rig replay` as a person starts it."""

import subprocess
import sys

import pytest

from rig.handover.run_dir import default_run_dir
from rig.recording.writer import recordings_dir
from tests.support.recorded_rig import steady_session
from tests.support.web_process import free_port

pytestmark = pytest.mark.rig


@pytest.fixture
def replay(tmp_path):
    """Runs the command; exit status, output, errors."""

    def run(*arguments):
        command = ["replay", *map(str, arguments), "--port", str(free_port())]
        done = subprocess.run(
            [sys.executable, "-m", "rig.cli", *command, "--state-dir", tmp_path / "replay"],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_recording_is_played_as_fast_as_possible_with_its_commands(tmp_path, replay):
    commands = {4: [("set_heel_block", {"heel_block_mm": 15})], 24: [("discard_rep", {})]}
    with steady_session(tmp_path, commands=commands):
        pass
    (recording,) = recordings_dir(tmp_path / "state").iterdir()
    status, output, errors = replay(recording, "--fast", "--log-level", "warning")
    assert (status, errors) == (0, "")
    assert "1 session, 4 repetitions counted" in output
    assert not default_run_dir(tmp_path / "replay").path.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (["none.mcap"], 1, "no recording of session none"),
        (["--fast", "--speed", "2", "x"], 2, "not both"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_line(replay, arguments, status, text):
    ended, _, errors = replay(*arguments)
    assert ended == status
    assert text in errors
    assert (
        len([line for line in errors.splitlines() if line.startswith(("hinge-rig", "Error"))]) == 1
    )
