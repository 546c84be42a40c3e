"""A memory-mapped ring file: one writer that never waits, any number of readers.

File: a 128-byte header, then `slot_count` slots. A slot is CRC-32, length, sequence number and
payload; the CRC covers everything behind it. Sequence `s` lives in slot `s % slot_count`. The
writer fills a slot first and moves `head` (the next sequence number) after it, so a writer killed
in mid-slot leaves nothing that a reader looks at; the CRC catches a slot that is overwritten while
it is copied. A restarted writer goes on in the same file with the same numbers under a new epoch.
"""

import mmap
import os
import secrets
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from rig.errors import RingError

_MAGIC: Final = b"HINGRING"
_VERSION: Final = 1
_HEADER: Final = struct.Struct("<8sIIIIIIQQ")
_HEAD_AT: Final = 64
_HEADER_BYTES: Final = 128
_SLOT: Final = struct.Struct("<IIQ")
_TRIES: Final = 3  # reads of one bad slot before it counts as damaged rather than on its way

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Missed:
    """A run of sequence numbers that a reader can no longer have, and why."""

    first_seq: int
    count: int
    reason: Literal["overwritten", "damaged"]


@dataclass(frozen=True)
class Batch:
    """What one read gave: payloads in order with their sequence numbers, and what was missed."""

    seqs: list[int] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)


@dataclass(frozen=True)
class _Header:
    payload_bytes: int
    slot_count: int
    writer_pid: int
    ring_id: int
    epoch: int

    def pack(self) -> bytes:
        return _HEADER.pack(
            _MAGIC,
            _VERSION,
            _HEADER_BYTES,
            self.payload_bytes,
            _stride(self.payload_bytes),
            self.slot_count,
            self.writer_pid,
            self.ring_id,
            self.epoch,
        )

    @property
    def file_bytes(self) -> int:
        return _HEADER_BYTES + self.slot_count * _stride(self.payload_bytes)


def _stride(payload_bytes: int) -> int:
    return _SLOT.size + -(-payload_bytes // 8) * 8


def _parse_header(data: bytes, path: Path) -> _Header:
    if len(data) < _HEADER_BYTES or data[:8] != _MAGIC:
        raise RingError(f"{path}: not a ring file")
    _, version, _, payload, stride, count, pid, ring_id, epoch = _HEADER.unpack_from(data)
    if version != _VERSION:
        raise RingError(f"{path}: ring version {version}, this program reads {_VERSION}")
    if count < 2 or stride != _stride(payload):
        raise RingError(f"{path}: ring header is damaged")
    return _Header(payload, count, pid, ring_id, epoch)


def _map(path: Path, *, write: bool) -> mmap.mmap:
    with path.open("r+b" if write else "rb") as file:
        access = mmap.ACCESS_WRITE if write else mmap.ACCESS_READ
        return mmap.mmap(file.fileno(), 0, access=access)


def _slot_crc(length: int, seq: int, payload: bytes) -> int:
    return zlib.crc32(payload, zlib.crc32(_SLOT.pack(0, length, seq)[4:]))


class RingWriter:
    """The one writer of a ring; goes on in an existing file of the same geometry.

    `payload_bytes` is the most that one slot holds. Raises `OSError` where the file cannot be made.
    """

    def __init__(self, path: Path, *, payload_bytes: int, slot_count: int) -> None:
        old = _existing(path, payload_bytes, slot_count)
        self._header = _Header(
            payload_bytes,
            slot_count,
            os.getpid(),
            old.ring_id if old else secrets.randbits(48),
            secrets.randbits(32),
        )
        if not old:
            _create(path, self._header)
        self._map = _map(path, write=True)
        self._map[: _HEADER.size] = self._header.pack()
        self._heads = np.frombuffer(self._map, dtype="<u8", count=1, offset=_HEAD_AT)
        self._head = int(self._heads[0])
        self._stride = _stride(payload_bytes)

    @property
    def head(self) -> int:
        """The sequence number that the next append gets."""
        return self._head

    @property
    def epoch(self) -> int:
        """A number that changes each time a writer starts."""
        return self._header.epoch

    def append(self, payload: bytes) -> int:
        """Write one slot and return its sequence number. `RingError` if it is too long."""
        length = len(payload)
        if length > self._header.payload_bytes:
            raise RingError(
                f"{length} bytes do not fit a slot of {self._header.payload_bytes} bytes"
            )
        seq = self._head
        at = _HEADER_BYTES + (seq % self._header.slot_count) * self._stride
        _SLOT.pack_into(self._map, at, _slot_crc(length, seq, payload), length, seq)
        self._map[at + _SLOT.size : at + _SLOT.size + length] = payload
        self._head = seq + 1
        self._heads[0] = self._head
        return seq

    def close(self) -> None:
        """Let go of the file; it stays for the readers."""
        del self._heads
        self._map.close()


def _existing(path: Path, payload_bytes: int, slot_count: int) -> _Header | None:
    """The header of a ring that can be gone on with, or None."""
    try:
        with path.open("rb") as file:
            header = _parse_header(file.read(_HEADER_BYTES), path)
        same = (header.payload_bytes, header.slot_count) == (payload_bytes, slot_count)
        return header if same and path.stat().st_size == header.file_bytes else None
    except (FileNotFoundError, RingError):
        return None


def _create(path: Path, header: _Header) -> None:
    """Make the file under another name and move it in, so that no reader sees half a ring."""
    fresh = path.with_suffix(path.suffix + ".new")
    with fresh.open("wb") as file:
        file.write(header.pack())
        file.truncate(header.file_bytes)
    fresh.replace(path)


class RingReader:
    """A reader with a place of its own. `RingError` if the file is not there or not a ring.

    `start` is `"head"` (only what comes from now on), `"oldest"`, or a sequence number.
    """

    def __init__(self, path: Path, start: Literal["head", "oldest"] | int = "head") -> None:
        self.path = path
        try:
            self._map = _map(path, write=False)
            self._inode = path.stat().st_ino
        except FileNotFoundError:
            raise RingError(f"{path}: no ring; is the process that writes it running?") from None
        except ValueError as error:
            raise RingError(f"{path}: not a ring file ({error})") from None
        self._geometry = _parse_header(self._map[:_HEADER_BYTES], path)
        if len(self._map) != self._geometry.file_bytes:
            raise RingError(f"{path}: ring file has the wrong size")
        self._heads = np.frombuffer(self._map, dtype="<u8", count=1, offset=_HEAD_AT)
        self._bad = (0, -1)  # tries, sequence number
        self.next_seq = self._resolve(start)

    def _resolve(self, start: Literal["head", "oldest"] | int) -> int:
        if start == "head":
            return self.head
        return self.oldest if start == "oldest" else start

    @property
    def head(self) -> int:
        """The sequence number that the writer writes next."""
        return int(self._heads[0])

    @property
    def oldest(self) -> int:
        """The oldest sequence number that is not about to be overwritten."""
        return max(0, self.head - self._geometry.slot_count + 1)

    @property
    def slot_count(self) -> int:
        """How many slots the ring has."""
        return self._geometry.slot_count

    @property
    def ring_id(self) -> int:
        """A number that stays while sequence numbers go on, over writer restarts."""
        return self._geometry.ring_id

    @property
    def epoch(self) -> int:
        """A number that changes each time a writer starts."""
        return _parse_header(self._map[:_HEADER_BYTES], self.path).epoch

    @property
    def writer_pid(self) -> int:
        """The process that writes, or wrote last."""
        return _parse_header(self._map[:_HEADER_BYTES], self.path).writer_pid

    def replaced(self) -> bool:
        """True when another file has taken this one's name: open it anew."""
        try:
            return self.path.stat().st_ino != self._inode
        except FileNotFoundError:
            return True

    def read(self, most: int = 1024) -> Batch:
        """Take up to `most` slots from this reader's place on, without waiting."""
        batch = Batch()
        self._skip_overwritten(batch)
        last = min(self.head, self.next_seq + most)
        while self.next_seq < last:
            payload = self._slot(self.next_seq)
            if payload is not None:
                batch.seqs.append(self.next_seq)
                batch.payloads.append(payload)
            elif self.next_seq < self.oldest:
                self._skip_overwritten(batch)
                continue
            elif not self._given_up(self.next_seq):
                break
            else:
                batch.missed.append(Missed(self.next_seq, 1, "damaged"))
            self.next_seq += 1
        return batch

    def _skip_overwritten(self, batch: Batch) -> None:
        lost = self.oldest - self.next_seq
        if lost > 0:
            batch.missed.append(Missed(self.next_seq, lost, "overwritten"))
            self.next_seq += lost

    def _given_up(self, seq: int) -> bool:
        """A slot may be seen before its bytes are; after a few reads it is damaged for good."""
        tries = self._bad[0] + 1 if self._bad[1] == seq else 1
        self._bad = (tries, seq)
        return tries > _TRIES

    def _slot(self, seq: int) -> bytes | None:
        stride = _stride(self._geometry.payload_bytes)
        at = _HEADER_BYTES + (seq % self._geometry.slot_count) * stride
        slot = self._map[at : at + stride]
        crc, length, stored = _SLOT.unpack_from(slot)
        if stored != seq or length > self._geometry.payload_bytes:
            return None
        payload = slot[_SLOT.size : _SLOT.size + length]
        return payload if crc == zlib.crc32(slot[4 : _SLOT.size + length]) else None

    def close(self) -> None:
        """Let go of the file."""
        del self._heads
        self._map.close()
