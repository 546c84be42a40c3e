"""The recorder as a process of its own."""

import re
import signal
import subprocess
import sys
import time
from random import Random

import numpy as np
import pytest

from rig.errors import StorageError
from rig.frames import LIVE, TICK_NS
from rig.handover.command_client import send
from rig.handover.event_ring import EventReader
from rig.handover.events import HealthTold
from rig.handover.frame_ring import FrameWriter
from rig.handover.run_dir import RunDir
from rig.storage.damage import set_aside_before
from rig.storage.database import FILE_NAME, Database
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


def test_a_database_that_is_garbled_in_mid_run_is_set_aside_and_its_session_found_again(
    tmp_path, recorder
):
    process, ring, run_dir = recorder
    _write(ring, 5, 0)
    _until(lambda: _tared(tmp_path))
    _write(ring, 3, 700)
    _until(lambda: _sessions(tmp_path))
    (before,) = _sessions(tmp_path)
    process.kill()  # as its end looks to the next one when a damaged page ended it
    process.wait(_PATIENCE_S)
    path = tmp_path / "state" / FILE_NAME
    path.with_name(f"{FILE_NAME}-wal").unlink(missing_ok=True)
    path.write_bytes(Random(0).randbytes(path.stat().st_size))
    again = _start(tmp_path)
    try:
        _until(lambda: _answers(run_dir) and path.exists())
        _write(ring, 3, 700)
        _until(lambda: [one.id for one in _sessions(tmp_path)] == [before.id])
        (aside,) = set_aside_before(path.parent)
        health = EventReader(run_dir.events)
        _until(lambda: aside in _problems_told(health))
    finally:
        again.terminate()
        _, errors = again.communicate(timeout=_PATIENCE_S)
    assert "is damaged (file is not a database)" in errors
    assert again.returncode == 0


def _problems_told(events):
    told = [event for _, event in events.read_events().events]
    return " ".join(text for one in told if isinstance(one, HealthTold) for text in one.problems)


def _tared(tmp_path):
    from rig.storage.calibrations import Calibrations

    database = Database.open_reader(tmp_path / "state")
    found = len(Calibrations(database).history())
    database.close()
    return found == 2
