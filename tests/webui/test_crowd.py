"""A page comes while others take connections, threads and time."""

import socket
import threading
from contextlib import ExitStack, contextmanager

import pytest
from waitress import wasyncore
from waitress.adjustments import Adjustments

from tests.support.crowd import KINDS, connect, crowd, fetch, read_all
from tests.support.web_process import WebProcess, free_port
from webui import crowd as module
from webui.crowd import PatientServer
from webui.security import MARKS

BIG = b"x" * 4_000_000


def application(environ, start_response):
    body = BIG if environ["PATH_INFO"] in ("/big", "/stream") else b"small"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body[place : place + 50_000] for place in range(0, len(body), 50_000)]


@contextmanager
def served():
    """The server with a small application, in a thread; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    sockets = {}
    settings = Adjustments(
        sockets=[listener], threads=10, cleanup_interval=0, outbuf_high_watermark=65_536,
        max_request_header_size=4096, max_request_body_size=4096, log_socket_errors=False,
    )  # fmt: skip
    server = PatientServer(
        application, sockets, _sock=listener, adj=settings, bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        marks=MARKS, streams={"/stream"},
    )  # fmt: skip
    stopped = threading.Event()

    def loop():
        while not stopped.is_set():
            wasyncore.loop(timeout=0.05, use_poll=True, map=sockets, count=1)

    thread = threading.Thread(target=loop)
    thread.start()
    yield listener.getsockname()[1]
    stopped.set()
    thread.join()
    server.task_dispatcher.shutdown(timeout=0.1)
    wasyncore.close_all(sockets, ignore_all=True)


@pytest.fixture
def port():
    with served() as port:
        yield port


def test_a_head_that_does_not_come_whole_is_refused_and_a_silent_connection_closed(
    port, monkeypatch
):
    monkeypatch.setattr(module, "HEAD_S", 0.2)
    with crowd(port, silent=1, half_a_head=1) as (silent, half):
        assert read_all(silent) == b""
        answer = read_all(half)
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")


def test_a_body_that_does_not_come_whole_is_refused(port, monkeypatch):
    monkeypatch.setattr(module, "BODY_S", 0.2)
    with connect(port) as half:
        half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nno more")
        assert read_all(half).startswith(b"HTTP/1.1 408 ")


def test_who_drips_bytes_gets_no_more_time(port, monkeypatch):
    monkeypatch.setattr(module, "HEAD_S", 0.3)
    with connect(port) as dripping:
        dripping.settimeout(0.02)
        answer = drip(dripping, 500)
    assert answer.startswith(b"HTTP/1.1 408 ")


def drip(dripping, most):
    """Send a byte at a time until something is said; what that is."""
    dripping.sendall(b"GET / HTTP/1.1\r\nX: ")
    for _ in range(most):
        try:
            dripping.sendall(b"x")
            return dripping.recv(65_536)
        except TimeoutError:
            continue
    return b""


def test_a_connection_that_was_answered_may_rest(port, monkeypatch):
    monkeypatch.setattr(module, "HEAD_S", 0.1)
    with connect(port) as resting:
        for _ in range(2):
            resting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            while not resting.recv(65_536).endswith(b"small"):
                pass
            threading.Event().wait(0.4)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 5000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n" + b"x" * 5000, 413),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: odd\r\n\r\n", 501),
    ],
)
def test_the_servers_own_errors_carry_the_headers_of_every_answer(port, request_, status):
    with connect(port) as asking:
        asking.sendall(request_)
        head = read_all(asking).split(b"\r\n\r\n")[0].decode()
    assert head.split()[1] == str(status)
    for name, value in MARKS.items():
        assert f"\r\n{name}: {value}" in head


def test_when_all_places_are_taken_whoever_asked_nothing_goes(port, monkeypatch):
    monkeypatch.setattr(module, "MOST_OF_AN_ADDRESS", 8)
    with connect(port) as resting:
        resting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        while not resting.recv(65_536).endswith(b"small"):
            pass
        with crowd(port, silent=30):
            assert fetch(port, "/")[0] == "HTTP/1.1 200 OK"
            resting.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert resting.recv(65_536).startswith(b"HTTP/1.1 200 OK")


def test_who_does_not_take_what_was_asked_for_holds_no_thread_for_long(port):
    with ExitStack() as stack:
        for _ in range(40):
            asking = stack.enter_context(connect(port))
            asking.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        assert fetch(port, "/")[0] == "HTTP/1.1 200 OK"


def test_what_is_read_comes_whole_however_big(port):
    with connect(port) as asking:
        asking.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert read_all(asking).endswith(BIG)


def test_the_web_process_answers_beside_a_crowd_and_ends_cleanly(tmp_path, run_dir):
    port = free_port()
    with WebProcess(tmp_path / "state", run_dir.path, port) as web:
        web.wait_until_up()
        with crowd(port, **{kind.replace(" ", "_"): 110 for kind in KINDS}):
            for path in ("/?kiosk", "/api/v1/health", "/?kiosk"):
                assert fetch(port, path)[0] == "HTTP/1.1 200 OK"
            status, errors, _ = web.end()
    assert (status, errors) == (0, "")
