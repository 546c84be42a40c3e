"""One writer per state directory: a lock file that names its holder."""

import fcntl
import os
from pathlib import Path

from rig.errors import BusyError, StorageError


class WriterLock:
    """Held from construction until `close`; the kernel lets go of it when the process dies.

    Raises `BusyError` naming the holder's process id, `StorageError` where no file can be made.
    """

    def __init__(self, state_dir: Path) -> None:
        path = state_dir / "writer.lock"
        try:
            self._file = path.open("a+", encoding="ascii")
        except OSError as error:
            raise StorageError(f"{path}: cannot be written: {error.strerror}") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise BusyError(
                f"{state_dir} is in use by process {holder} (a running recorder?)"
            ) from None
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def close(self) -> None:
        """Let others write."""
        self._file.truncate(0)
        self._file.close()
