"""Serving the application: one port on loopback, streams that end when the process does."""

import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments

from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.system.heartbeat import Heartbeat
from rig.system.ports import listen
from webui.api.live import PATH as LIVE_PATH
from webui.app import create_app, live_hub
from webui.crowd import IDLE_S, MOST, PatientServer
from webui.security import KEEP_NOTHING, MARKS, MAX_BODY_BYTES

_STOP_S: Final = 0.7  # for requests in progress, once the streams have ended
_SEND_BUFFER_BYTES: Final = 65_536  # so that a stalled viewer shows before megabytes wait for it
_THREADS_BESIDE_STREAMS: Final = 12  # a stream holds one; twice as many as slow readers may hold
_MAX_HEAD_BYTES: Final = 32 * 1024
_GONE_MS: Final = 10_000  # a viewer that takes nothing for this long has gone


def serve(config: Config, run_dir: RunDir) -> None:
    """Serve until SIGTERM or SIGINT; then end every stream and return within a second.

    `RigError` for an address that is not loopback, `BusyError` for a port that is taken.
    """
    listener = _listen(config.web.host, config.web.port)
    app = create_app(config, run_dir)
    hub = live_hub(app)
    sockets: dict[int, wasyncore.dispatcher] = {}
    server = _make_server(app, listener, sockets, config.web.max_viewers)
    stopped = _stopped_by_signal(server.pull_trigger)
    hub.start()
    heartbeat = Heartbeat.from_environment()
    while not stopped.is_set():
        heartbeat.beat(time.monotonic_ns())
        wasyncore.loop(timeout=1.0, use_poll=True, map=sockets, count=1)
    heartbeat.stopping()
    hub.close()
    server.task_dispatcher.shutdown(timeout=_STOP_S)
    wasyncore.close_all(sockets, ignore_all=True)


def _make_server(
    app: Flask,
    listener: socket.socket,
    sockets: dict[int, wasyncore.dispatcher],
    max_viewers: int,
) -> PatientServer:
    settings = Adjustments(
        sockets=[listener],
        threads=max_viewers + _THREADS_BESIDE_STREAMS,
        outbuf_high_watermark=65_536,  # the default lets a stalled viewer cost megabytes
        max_request_body_size=MAX_BODY_BYTES,
        max_request_header_size=_MAX_HEAD_BYTES,
        channel_timeout=IDLE_S,
        cleanup_interval=1,
        connection_limit=2 * MOST,  # never: the server itself makes place
        ident=None,
        log_socket_errors=False,  # viewers come and go
    )
    return PatientServer(
        app,
        sockets,
        _sock=listener,
        adj=settings,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        marks=MARKS | KEEP_NOTHING,
        streams={LIVE_PATH},
    )


def _stopped_by_signal(wake: Callable[[], None]) -> threading.Event:
    """Set by SIGTERM and SIGINT, which also call `wake`."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()
        wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopped


def _listen(host: str, port: int) -> socket.socket:
    listener = listen(host, port)
    # Accepted connections inherit both.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _GONE_MS)
    return listener
