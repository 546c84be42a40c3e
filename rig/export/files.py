"""Files that appear whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rig.errors import StorageError


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces as `new_file` does."""
    with new_file(path) as file:
        file.writelines(pieces)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file under a temporary name beside `path`; at the end it is synced and takes that name.

    Raises `StorageError` where that cannot be done; then nothing is left behind, and a file that
    was there before is still the old one.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)
