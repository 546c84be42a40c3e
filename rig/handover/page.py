"""A memory-mapped page: one JSON document that one process renews and others look at.

Two halves take turns: a new document goes into the half that is not current, then the generation
moves. A writer killed in between leaves the old document current; a CRC catches the rest.
"""

import mmap
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import numpy as np

from rig.errors import RingError
from rig.handover.message import Message, decoded, encoded

_MAGIC: Final = b"HINGPAGE"
_VERSION: Final = 1
_HEADER: Final = struct.Struct("<8sII")
_GENERATION_AT: Final = 16
_HALVES_AT: Final = 64
_HALF: Final = struct.Struct("<IIQ")
CAPACITY: Final = 32 * 1024
_D = TypeVar("_D")


class _Page:
    def __init__(self, file_map: mmap.mmap, capacity: int) -> None:
        self._map = file_map
        self._capacity = capacity
        self._generations = np.frombuffer(file_map, dtype="<u8", count=1, offset=_GENERATION_AT)

    @property
    def generation(self) -> int:
        """How often the page has been written; 0 before the first time."""
        return int(self._generations[0])

    def _half_at(self, generation: int) -> int:
        return _HALVES_AT + (generation % 2) * (_HALF.size + self._capacity)

    def close(self) -> None:
        """Let go of the file."""
        del self._generations
        self._map.close()


def _file_bytes(capacity: int) -> int:
    return _HALVES_AT + 2 * (_HALF.size + capacity)


class PageWriter(_Page):
    """The one writer of a page; takes over an existing file and goes on counting."""

    def __init__(self, path: Path, capacity: int = CAPACITY) -> None:
        try:
            capacity = _check(path)
        except (FileNotFoundError, RingError):
            fresh = path.with_suffix(path.suffix + ".new")
            with fresh.open("wb") as file:
                file.write(_HEADER.pack(_MAGIC, _VERSION, capacity))
                file.truncate(_file_bytes(capacity))
            fresh.replace(path)
        with path.open("r+b") as file:
            super().__init__(mmap.mmap(file.fileno(), 0), capacity)

    def write(self, document: Message | Mapping[str, Any]) -> int:
        """Make `document` the current one and return its generation."""
        payload = encoded(document)
        if len(payload) > self._capacity:
            raise RingError(f"{len(payload)} bytes do not fit a page of {self._capacity} bytes")
        generation = self.generation + 1
        at = self._half_at(generation)
        _HALF.pack_into(self._map, at, _crc(generation, payload), len(payload), generation)
        self._map[at + _HALF.size : at + _HALF.size + len(payload)] = payload
        self._generations[0] = generation
        return generation


class PageReader(_Page, Generic[_D]):
    """Looks at a page of `kind` documents. `RingError` if there is none or it is not one."""

    def __init__(self, path: Path, kind: type[_D]) -> None:
        try:
            capacity = _check(path)
        except FileNotFoundError:
            raise RingError(f"{path}: no page; is the process that writes it running?") from None
        with path.open("rb") as file:
            file_map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        super().__init__(file_map, capacity)
        self._kind, self._name = kind, path.name

    def read(self) -> _D | None:
        """The current document; None before the first, or if three tries met a write.

        `RingError` if it is none of this kind.
        """
        for _ in range(3):
            generation = self.generation
            at = self._half_at(generation)
            crc, length, stored = _HALF.unpack_from(self._map, at)
            if not generation or length > self._capacity:
                return None
            payload = self._map[at + _HALF.size : at + _HALF.size + length]
            if stored == generation and crc == _crc(generation, payload):
                return decoded(payload, self._kind, self._name)
        return None


def read_page(path: Path, kind: type[_D]) -> _D | None:
    """What a page says, opened anew as it may be replaced; None where there is none.

    `RingError` if what it says is not of this kind.
    """
    try:
        page = PageReader(path, kind)
    except (RingError, OSError):
        return None
    try:
        return page.read()
    finally:
        page.close()


def _crc(generation: int, payload: bytes) -> int:
    return zlib.crc32(payload, zlib.crc32(struct.pack("<Q", generation)))


def _check(path: Path) -> int:
    """The capacity of the page at `path`."""
    with path.open("rb") as file:
        data = file.read(_HEADER.size)
    if len(data) < _HEADER.size or data[:8] != _MAGIC:
        raise RingError(f"{path}: not a page file")
    _, version, capacity = _HEADER.unpack(data)
    if version != _VERSION:
        raise RingError(f"{path}: page version {version}, this program reads {_VERSION}")
    if path.stat().st_size != _file_bytes(capacity):
        raise RingError(f"{path}: page file has the wrong size")
    return int(capacity)
