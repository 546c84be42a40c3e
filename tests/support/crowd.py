"""A crowd of connections that take a server's places, and somebody who only wants a page."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_TIMEOUT_S = 10.0
_HALF = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: sent"
_BODY = (
    b"POST /api/v1/commands/mute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 60000\r\n\r\n{"
)
_LIVE = b"GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
KINDS = {"silent": b"", "half a head": _HALF, "half a body": _BODY, "live": _LIVE}


@contextmanager
def crowd(port: int, **counts: int) -> Iterator[list[socket.socket]]:
    """So many connections of each of `KINDS` (spaces as underscores), none of which reads."""
    with ExitStack() as stack:
        sockets = []
        for kind, count in counts.items():
            for _ in range(count):
                sockets.append(stack.enter_context(connect(port)))
                sockets[-1].sendall(KINDS[kind.replace("_", " ")])
        yield sockets


def connect(port: int) -> socket.socket:
    """A connection to the server on this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT_S)


def fetch(port: int, path: str) -> tuple[str, float]:
    """Status line of a page, asked for on a connection of its own, and seconds until its end."""
    started_s = time.monotonic()
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with connect(port) as asking:
            asking.sendall(request.encode())
            answer = read_all(asking)
    except OSError as error:
        answer = f"{type(error).__name__}".encode()
    return answer.split(b"\r\n", 1)[0].decode(), time.monotonic() - started_s


def read_all(asking: socket.socket) -> bytes:
    """What comes until the other side closes."""
    parts = []
    while part := asking.recv(65_536):
        parts.append(part)
    return b"".join(parts)
