"""Who listens on a port, as far as this user may know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LISTENING: Final = "0A"
_PROC: Final = Path("/proc")


def port_holder(port: int) -> str:
    """` by NAME (pid N)` for the process that listens on `port`; empty if it cannot be told."""
    inodes = {f"socket:[{inode}]" for inode in _listening(port)}
    for process in _PROC.glob("[0-9]*"):
        if inodes & set(_open_files(process / "fd")):
            name = (process / "comm").read_text().strip()
            return f" by {name} (pid {process.name})"
    return ""


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
