"""A memory-mapped ring file: one writer that never waits, any number of readers.

The writer fills a slot first and moves `head` (the next sequence number) after it, so a writer
killed in mid-slot leaves nothing that a reader looks at; the CRC catches a slot that is overwritten
while it is copied. A restarted writer goes on in the same file with the same numbers under a new
epoch. How the file is laid out: `rig.handover.ring_file`.
"""

import os
import secrets
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np

from rig.errors import RingError
from rig.handover.ring_file import (
    HEAD_AT,
    HEADER_BYTES,
    SLOT,
    Header,
    create_file,
    existing_header,
    map_file,
    parse_header,
    slot_crc,
)

_TRIES: Final = 3  # reads of one bad slot before it counts as damaged rather than on its way


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


class RingWriter:
    """The one writer of a ring; goes on in an existing file of the same geometry.

    `payload_bytes` is the most that one slot holds. Raises `OSError` where the file cannot be made.
    """

    def __init__(self, path: Path, *, payload_bytes: int, slot_count: int) -> None:
        old = existing_header(path, payload_bytes, slot_count)
        self._header = Header(
            payload_bytes,
            slot_count,
            os.getpid(),
            old.ring_id if old else secrets.randbits(48),
            secrets.randbits(32),
        )
        if not old:
            create_file(path, self._header)
        self._map = map_file(path, write=True)
        header = self._header.pack()
        self._map[: len(header)] = header
        self._heads = np.frombuffer(self._map, dtype="<u8", count=1, offset=HEAD_AT)
        self._head = int(self._heads[0])
        self._stride = self._header.stride

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
        at = HEADER_BYTES + (seq % self._header.slot_count) * self._stride
        SLOT.pack_into(self._map, at, slot_crc(length, seq, payload), length, seq)
        self._map[at + SLOT.size : at + SLOT.size + length] = payload
        self._head = seq + 1
        self._heads[0] = self._head
        return seq

    def close(self) -> None:
        """Let go of the file; it stays for the readers."""
        del self._heads
        self._map.close()


class RingReader:
    """A reader with a place of its own. `RingError` if the file is not there or not a ring.

    `start` is `"head"` (only what comes from now on), `"oldest"`, or a sequence number.
    """

    def __init__(self, path: Path, start: Literal["head", "oldest"] | int = "head") -> None:
        self.path = path
        try:
            self._map = map_file(path, write=False)
            self._inode = path.stat().st_ino
        except FileNotFoundError:
            raise RingError(f"{path}: no ring; is the process that writes it running?") from None
        except ValueError as error:
            raise RingError(f"{path}: not a ring file ({error})") from None
        self._geometry = parse_header(self._map[:HEADER_BYTES], path)
        self._stride = self._geometry.stride
        if len(self._map) != self._geometry.file_bytes:
            raise RingError(f"{path}: ring file has the wrong size")
        self._heads = np.frombuffer(self._map, dtype="<u8", count=1, offset=HEAD_AT)
        self._bad = (0, -1)  # tries, sequence number
        self.next_seq = self._resolve(start)

    @property
    def writer_alive(self) -> bool:
        """Whether the process that writes this ring now is there."""
        return Path(f"/proc/{self.writer_pid}").exists()

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
        return parse_header(self._map[:HEADER_BYTES], self.path).epoch

    @property
    def writer_pid(self) -> int:
        """The process that writes, or wrote last."""
        return parse_header(self._map[:HEADER_BYTES], self.path).writer_pid

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
        at = HEADER_BYTES + (seq % self._geometry.slot_count) * self._stride
        slot = self._map[at : at + self._stride]
        crc, length, stored = SLOT.unpack_from(slot)
        if stored != seq or length > self._geometry.payload_bytes:
            return None
        payload = slot[SLOT.size : SLOT.size + length]
        return payload if crc == zlib.crc32(slot[4 : SLOT.size + length]) else None

    def close(self) -> None:
        """Let go of the file."""
        del self._heads
        self._map.close()
