"""Serving the application: one port on loopback, streams that end when the process does."""

import errno
import signal
import socket
from types import FrameType
from typing import Final

from waitress import create_server, wasyncore

from rig.config import Config
from rig.errors import BusyError, RigError
from rig.handover.run_dir import RunDir
from webui.app import create_app, live_hub
from webui.port_holder import port_holder
from webui.security import MAX_BODY_BYTES, is_loopback

_STOP_S: Final = 0.7  # for requests in progress, once the streams have ended
_SEND_BUFFER_BYTES: Final = 65_536  # so that a stalled viewer shows before megabytes wait for it
_GONE_MS: Final = 10_000  # a viewer that takes nothing for this long has gone


def serve(config: Config, run_dir: RunDir) -> None:
    """Serve until SIGTERM or SIGINT; then end every stream and return within a second.

    `RigError` for an address that is not loopback, `BusyError` for a port that is taken.
    """
    listener = listen(config.web.host, config.web.port)
    app = create_app(config, run_dir)
    hub = live_hub(app)
    sockets: dict[int, wasyncore.dispatcher] = {}
    server = create_server(
        app,
        map=sockets,
        sockets=[listener],
        threads=32,
        outbuf_high_watermark=65_536,
        max_request_body_size=MAX_BODY_BYTES,
        ident=None,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    hub.start()
    try:
        wasyncore.loop(timeout=1.0, use_poll=True, map=sockets)
    except SystemExit:
        hub.close()
        server.task_dispatcher.shutdown(timeout=_STOP_S)
    finally:
        wasyncore.close_all(sockets, ignore_all=True)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a loopback address."""
    address = "127.0.0.1" if host == "localhost" else host
    if not is_loopback(address):
        raise RigError(
            f"web.host is {host}: until access control exists, the pages are only served on "
            "this machine; use 127.0.0.1"
        )
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BusyError(
                f"port {port} is taken{port_holder(port)}; stop that or choose another --port"
            ) from None
        raise RigError(f"web.host, web.port: cannot listen on {host}:{port}: {error}") from None
    # Accepted connections inherit both.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _GONE_MS)
    return listener


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
