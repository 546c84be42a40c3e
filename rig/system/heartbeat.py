"""Telling systemd that a process is up and alive (sd_notify); without systemd nothing is told."""

import contextlib
import os
import socket
from collections.abc import Mapping
from typing import Final

_BEATS_PER_TIMEOUT: Final = 4


class Heartbeat:
    """What a main loop calls: the first `beat` says ready, later ones feed the unit's watchdog.

    That is fed four times in each of its periods, however often `beat` is called. Nothing here
    waits or fails: a datagram that cannot be sent is not sent.
    """

    def __init__(self, address: str | None = None, timeout_us: int = 0) -> None:
        self._socket: socket.socket | None = None
        self._every_ns = timeout_us * 1000 // _BEATS_PER_TIMEOUT
        self._due_ns: int | None = None
        if address:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._socket.setblocking(False)
            # "@" marks a name outside of the file system, for the kernel a leading zero byte
            self._address = "\0" + address[1:] if address.startswith("@") else address

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Heartbeat":
        """By what systemd sets: NOTIFY_SOCKET, WATCHDOG_USEC and whose watchdog it is."""
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        timeout_us = environment.get("WATCHDOG_USEC", "") if ours else ""
        return cls(environment.get("NOTIFY_SOCKET"), int(timeout_us or 0))

    def beat(self, now_ns: int) -> None:
        """Tell that the loop is alive; `now_ns` is monotonic."""
        if self._due_ns is None:
            self._send(b"READY=1")
        elif not self._every_ns or now_ns < self._due_ns:
            return
        else:
            self._send(b"WATCHDOG=1")
        self._due_ns = now_ns + self._every_ns

    def stopping(self) -> None:
        """Tell that the process ends on purpose."""
        self._send(b"STOPPING=1")
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, message: bytes) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.sendto(message, self._address)
