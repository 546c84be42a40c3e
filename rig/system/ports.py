"""Listening on a port, on this machine only, and who has it when it is taken."""

import errno
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rig.errors import BusyError, RigError

_LISTENING: Final = "0A"
_PROC: Final = Path("/proc")


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a loopback address.

    `RigError` for any other address, `BusyError` for a port that is taken, naming its holder.
    """
    address = "127.0.0.1" if host == "localhost" else host
    if not is_loopback(address):
        raise RigError(
            f"web.host is {host}: until access control exists, the pages are only served on "
            "this machine; use 127.0.0.1"
        )
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BusyError(
                f"port {port} is taken{port_holder(port)}; stop that or choose another --port"
            ) from None
        raise RigError(f"web.host, web.port: cannot listen on {host}:{port}: {error}") from None


def is_loopback(address: str) -> bool:
    """Whether a text is an address literal that only this machine can reach."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def port_holder(port: int) -> str:
    """` by NAME (pid N)` for the process that listens on `port`; empty if it cannot be told."""
    inodes = {f"socket:[{inode}]" for inode in _listening(port)}
    for process in _PROC.glob("[0-9]*"):
        if inodes & set(_open_files(process / "fd")):
            return f" by {_name(process)} (pid {process.name})"
    return ""


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return "a process that has just ended"


def _listening(port: int) -> Iterator[str]:
    """Inodes of the sockets that listen on `port`."""
    for table in (_PROC / "net/tcp", _PROC / "net/tcp6"):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            columns = line.split()
            if columns[3] == _LISTENING and int(columns[1].rsplit(":", 1)[1], 16) == port:
                yield columns[9]


def _open_files(directory: Path) -> Iterator[str]:
    """Where a process's descriptors point to; none for another user's process."""
    try:
        entries = list(directory.iterdir())
    except OSError:
        return
    for entry in entries:
        try:
            yield str(entry.readlink())
        except OSError:
            continue
