"""Who holds the state directory or the port."""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

import psutil

from rig.errors import BusyError, StorageError


def claim_state_dir(state_dir: Path) -> IO[str]:
    """Make the state directory and lock it for this process, until the file is closed.

    `BusyError` names the process that holds it; `StorageError` says why it cannot be used.
    """
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
        file = (state_dir / "run.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise StorageError(
            f"state directory {state_dir}: {error.strerror}; choose another with --state-dir"
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise BusyError(
            f"state directory {state_dir} is in use by a running rig (process {holder}); "
            "stop that one or choose another with --state-dir"
        ) from None
    try:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
    except OSError as error:
        file.close()
        raise StorageError(f"state directory {state_dir}: {error.strerror}") from None
    return file


def check_port(host: str, port: int) -> None:
    """`BusyError` with the holder's name if something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BusyError(
                f"port {port} on {host}: {error.strerror}{_listener(port)}; "
                "choose another with --port"
            ) from None


def _listener(port: int) -> str:
    """` (held by NAME, process N)` as far as the kernel tells."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                if connection.pid is None:
                    break
                name = psutil.Process(connection.pid).name()
                return f" (held by {name}, process {connection.pid})"
    except psutil.Error:
        pass
    return ""
