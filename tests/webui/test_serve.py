"""`hinge-rig web` as a process."""

import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.support.feeder import FedRig, Scene
from tests.support.web_process import WebProcess, free_port


@pytest.fixture
def web(tmp_path, run_dir):
    with WebProcess(tmp_path / "state", run_dir.path, free_port()) as web:
        web.wait_until_up()
        yield web


def test_a_refusal_is_one_line_and_exit_status_1(tmp_path):
    refused = subprocess.run(
        [sys.executable, "-m", "rig.cli", "web", "--host", "0.0.0.0", "--state-dir", tmp_path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_nothing_to_say(web, number):
    status, errors, _ = web.end(number)
    assert (status, errors) == (0, "")


def test_open_streams_end_with_the_process(web, run_dir):
    rig = FedRig(run_dir)
    rig.sample(Scene(), 5)
    streams = [urlopen(f"{web.url}/api/v1/live") for _ in range(3)]
    for stream in streams:
        assert stream.readline() == b"retry: 500\n"
    status, errors, took_s = web.end()
    for stream in streams:
        stream.read()  # to its end: a stream that was cut off raises IncompleteRead
        stream.close()
    rig.close()
    assert (status, errors) == (0, "")
    assert took_s < 4  # without ending the streams it would wait 5 s for them


def test_a_viewer_that_never_reads_does_not_hold_up_the_end(web):
    port = int(web.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as stalled:
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        stalled.sendall(b"GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        status, errors, _ = web.end()
    assert (status, errors) == (0, "")
