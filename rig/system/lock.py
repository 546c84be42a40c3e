"""A lock file that names its holder; the kernel lets go of it when the process dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from rig.errors import BusyError, StorageError


class LockFile:
    """Held from construction until `close`, which removes the file.

    `BusyError` is `busy`, in which `{pid}` is the holder; `StorageError` where no file can be made.
    """

    def __init__(self, path: Path, busy: str) -> None:
        self._path = path
        try:
            self._file = self._take(busy)
        except OSError as error:
            raise StorageError(f"{path}: cannot be written: {error.strerror}") from None

    def _take(self, busy: str) -> IO[str]:
        while True:
            file = self._path.open("a+", encoding="ascii")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                file.close()
                raise BusyError(busy.format(pid=holder)) from None
            if self._is_current(file):
                return self._signed(file)
            file.close()  # the last holder removed it between our opening and locking it

    def _signed(self, file: IO[str]) -> IO[str]:
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        except OSError:
            self._path.unlink(missing_ok=True)
            file.close()
            raise
        return file

    def _is_current(self, file: IO[str]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def close(self) -> None:
        """Remove the file and let others have it."""
        self._path.unlink(missing_ok=True)
        self._file.close()
