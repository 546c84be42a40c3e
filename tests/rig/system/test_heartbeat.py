"""systemd is told that a process is ready and alive, through a real datagram socket."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

from rig.system.heartbeat import Heartbeat
from tests.support.rig_process import wait_for
from tests.support.web_process import free_port

_MS = 1_000_000


@pytest.fixture
def manager(tmp_path):
    """What systemd listens with."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.setblocking(False)
        yield listener


def heard(manager):
    messages = []
    while True:
        try:
            messages.append(manager.recv(100).decode())
        except BlockingIOError:
            return messages


@pytest.fixture
def beating(manager):
    """Makes the heartbeat of a unit with a watchdog of two seconds."""
    with ExitStack() as stack:

        def make(**more):
            unit = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "2000000", **more}
            heartbeat = Heartbeat.from_environment(unit)
            stack.callback(heartbeat.stopping)
            return heartbeat

        yield make


def test_the_first_beat_says_ready_and_later_ones_feed_the_watchdog_four_times_a_period(
    manager, beating
):
    heartbeat = beating()
    for tick in range(401):  # four seconds of ticks
        heartbeat.beat(tick * 10 * _MS)
    assert heard(manager) == ["READY=1"] + ["WATCHDOG=1"] * 8


def test_an_end_on_purpose_is_told_once_and_nothing_after_it(manager, beating):
    heartbeat = beating()
    heartbeat.beat(0)
    heartbeat.stopping()
    heartbeat.beat(10_000 * _MS)
    assert heard(manager) == ["READY=1", "STOPPING=1"]


def test_without_a_watchdog_only_readiness_is_told(manager, beating):
    heartbeat = beating(WATCHDOG_USEC="")
    for tick in range(1000):
        heartbeat.beat(tick * 10 * _MS)
    assert heard(manager) == ["READY=1"]


def test_the_watchdog_of_another_process_is_not_fed(manager, beating):
    heartbeat = beating(WATCHDOG_PID=str(os.getppid()))
    for tick in range(1000):
        heartbeat.beat(tick * 10 * _MS)
    assert heard(manager) == ["READY=1"]


def test_a_name_outside_of_the_file_system_works(tmp_path):
    name = f"hinge-rig-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0{name}")
        listener.setblocking(False)
        heartbeat = Heartbeat(f"@{name}")
        heartbeat.beat(0)
        heartbeat.stopping()
        assert heard(listener) == ["READY=1", "STOPPING=1"]


def test_a_manager_that_is_gone_or_never_was_is_no_error(tmp_path):
    for heartbeat in (Heartbeat(str(tmp_path / "nobody"), 1000), Heartbeat()):
        heartbeat.beat(0)
        heartbeat.beat(_MS)
        heartbeat.stopping()


@pytest.mark.rig
@pytest.mark.parametrize("name", ["sampler", "recorder", "web"])
def test_each_process_says_that_it_is_ready_feeds_its_watchdog_and_says_that_it_stops(
    tmp_path, manager, name
):
    more = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "4000000"}
    settings = {"HINGE_RIG_WEB_PORT": str(free_port()), "OPENBLAS_NUM_THREADS": "1"}
    directories = ["--state-dir", str(tmp_path / "state"), "--run-dir", str(tmp_path / "run")]
    (tmp_path / "state").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "rig.cli", name, *directories], env=os.environ | settings | more
    )
    try:
        messages = []
        wait_for(lambda: messages.extend(heard(manager)) or "WATCHDOG=1" in messages)
        assert messages[0] == "READY=1"
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert heard(manager)[-1] == "STOPPING=1"
    assert process.returncode == 0
