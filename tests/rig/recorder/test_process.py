"""The recorder as a process of its own."""

import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from rig.errors import StorageError
from rig.frames import LIVE, TICK_NS
from rig.handover.command_client import send
from rig.handover.frame_ring import FrameWriter
from rig.handover.run_dir import RunDir
from rig.storage.database import Database
from rig.storage.history import History
from tests.support.frames import frames
from tests.support.recorder_rig import counts

_PATIENCE_S = 60


def _start(tmp_path):
    return subprocess.Popen(
        [sys.executable, "-m", "rig.cli", "recorder", "--state-dir", tmp_path / "state",
         "--run-dir", tmp_path / "run"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _until(condition):
    """Wait for something that happens sooner or later."""
    end = time.monotonic() + _PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def _answers(run_dir):
    try:
        send(run_dir.socket, "mute", {"muted": False})
    except StorageError:
        return False
    return True


def _write(ring, seconds, newtons):
    """Frames of some seconds up to now, all at once."""
    rows = round(seconds * 100)
    block = frames(
        counts(newtons), rows=rows, first_seq=ring.head,
        first_t_ns=time.monotonic_ns() - rows * TICK_NS,
    )  # fmt: skip
    live = np.zeros(rows, LIVE)
    live["frame"] = block
    ring.append(live)


def _sessions(tmp_path):
    database = Database.open_reader(tmp_path / "state")
    found = History(database).sessions()
    database.close()
    return found


@pytest.fixture
def recorder(tmp_path):
    run_dir = RunDir(tmp_path / "run")
    run_dir.make()
    ring = FrameWriter(run_dir.frames, slots=4096)
    process = _start(tmp_path)
    _until(lambda: _answers(run_dir))
    yield process, ring, run_dir
    ring.close()
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_it_records_and_stops_in_good_order(tmp_path, recorder):
    process, ring, run_dir = recorder
    _write(ring, 5, 0)
    _until(lambda: _tared(tmp_path))
    _write(ring, 3, 700)
    _until(lambda: _sessions(tmp_path))
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=_PATIENCE_S)
    assert process.returncode == 0
    assert re.findall(r"session \S+ (\w+)", errors) == ["opened", "closed"]
    assert not re.search(r"warning|error|Traceback", errors)
    assert _sessions(tmp_path)[0].ended_utc is not None
    assert not run_dir.socket.exists()


def test_a_second_one_says_who_is_there(tmp_path, recorder):
    process, _, _ = recorder
    second = _start(tmp_path)
    _, errors = second.communicate(timeout=_PATIENCE_S)
    assert second.returncode == 1
    assert str(process.pid) in errors
    assert errors.count("\n") == 1


def _tared(tmp_path):
    from rig.storage.calibrations import Calibrations

    database = Database.open_reader(tmp_path / "state")
    found = len(Calibrations(database).history())
    database.close()
    return found == 2
