"""The rig as processes: start, survive, stop, and say what is wrong."""

import shutil
import signal

import psutil
import pytest

from rig.handover.run_dir import default_run_dir
from tests.support.rig_process import RigProcess, wait_for

pytestmark = pytest.mark.rig


def fails_with(rig: RigProcess) -> str:
    """The one line that a rig which cannot start says; it must exit with 1."""
    status, _, errors = rig.ended()
    assert status == 1
    said = [line for line in errors.splitlines() if line.startswith("hinge-rig: ")]
    assert len(said) == 1, errors
    return errors


def test_it_starts_samples_survives_every_kill_and_stops_without_leaving_anything(tmp_path):
    with RigProcess(tmp_path / "state", "--scenario", "standing") as rig:
        rig.wait_until_ok()
        first = rig.children()
        assert set(first) == {"sampler", "recorder", "web"}
        for name, process in first.items():
            process.send_signal(signal.SIGKILL)
            wait_for(lambda name=name: rig.children().get(name) not in (None, first[name]))
            rig.wait_until_ok()
        last = rig.children()
        status, output, errors = rig.stop()
        assert status == 0
        assert rig.url in output
        assert errors.count("starting it again") == 3
    assert not any(process.is_running() for process in [*first.values(), *last.values()])
    assert not default_run_dir(tmp_path / "state").path.exists()
    assert not (tmp_path / "state" / "run.lock").exists()


def test_killing_the_supervisor_leaves_no_process(tmp_path):
    with RigProcess(tmp_path / "state") as rig:
        rig.wait_until_ok()
        children = list(rig.children().values())
        rig.process.kill()
        psutil.wait_procs(children, timeout=10)
        assert not any(child.is_running() for child in children)


def test_a_second_run_says_who_holds_the_state_directory_and_the_port(tmp_path):
    with RigProcess(tmp_path / "state") as first:
        first.wait_until_ok()
        same_state = fails_with(RigProcess(tmp_path / "state"))
        assert f"in use by a running rig (process {first.process.pid})" in same_state
        same_port = fails_with(RigProcess(tmp_path / "other", port=first.port))
        assert f"port {first.port}" in same_port
        assert f"(pid {first.children()['web'].pid})" in same_port
        assert first.health()["status"] == "ok"


def test_a_platform_that_is_not_here_is_one_line_and_leaves_nothing(tmp_path):
    line = fails_with(RigProcess(tmp_path / "state", "--platform", "pi"))
    assert "RPi.GPIO" in line
    assert 'platform = "sim"' in line
    assert not default_run_dir(tmp_path / "state").path.exists()


def test_a_state_directory_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    line = fails_with(RigProcess(tmp_path / "file" / "state"))
    assert "state directory" in line
    assert "--state-dir" in line


@pytest.mark.parametrize(
    ("arguments", "text"),
    [(["--platform", "pii"], "did you mean 'pi'"), (["--scenario", "dance"], "first-steps")],
)
def test_wrong_settings_exit_with_2_and_say_what_is_allowed(tmp_path, arguments, text):
    status, _, errors = RigProcess(tmp_path / "state", *arguments).ended()
    assert status == 2
    assert text in errors


def test_a_run_directory_that_was_taken_away_is_made_anew_and_everything_goes_on(tmp_path):
    with RigProcess(tmp_path / "state", "--scenario", "standing") as rig:
        rig.wait_until_ok()
        run_dir = default_run_dir(tmp_path / "state").path
        shutil.rmtree(run_dir)
        wait_for(lambda: (run_dir / "recorder.sock").exists())
        rig.wait_until_ok()
        _, _, errors = rig.stop()
    assert errors.count("is gone: starting anew") == 1
