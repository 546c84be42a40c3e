"""How a ring file is laid out.

A 128-byte header, then `slot_count` slots. A slot is CRC-32, length, sequence number and payload;
the CRC covers everything behind it. Sequence `s` lives in slot `s % slot_count`.
"""

import mmap
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rig.errors import RingError

_MAGIC: Final = b"HINGRING"
_VERSION: Final = 1
_HEADER: Final = struct.Struct("<8sIIIIIIQQ")
HEAD_AT: Final = 64
HEADER_BYTES: Final = 128
SLOT: Final = struct.Struct("<IIQ")
"""CRC, length and sequence number, in front of a slot's payload."""


@dataclass(frozen=True)
class Header:
    """What a ring is and who writes it; see `rig.handover.ring` for ids and epochs."""

    payload_bytes: int
    slot_count: int
    writer_pid: int
    ring_id: int
    epoch: int

    @property
    def stride(self) -> int:
        """Bytes from one slot to the next."""
        return SLOT.size + -(-self.payload_bytes // 8) * 8

    @property
    def file_bytes(self) -> int:
        """How long the file is."""
        return HEADER_BYTES + self.slot_count * self.stride

    def pack(self) -> bytes:
        """As it stands at the file's beginning; `head` and the slots stay as they are."""
        return _HEADER.pack(
            _MAGIC,
            _VERSION,
            HEADER_BYTES,
            self.payload_bytes,
            self.stride,
            self.slot_count,
            self.writer_pid,
            self.ring_id,
            self.epoch,
        )


def parse_header(data: bytes, path: Path) -> Header:
    """The header of a ring file from its first bytes; `RingError` says what is wrong with it."""
    if len(data) < HEADER_BYTES or data[:8] != _MAGIC:
        raise RingError(f"{path}: not a ring file")
    _, version, _, payload, stride, count, pid, ring_id, epoch = _HEADER.unpack_from(data)
    if version != _VERSION:
        raise RingError(f"{path}: ring version {version}, this program reads {_VERSION}")
    header = Header(payload, count, pid, ring_id, epoch)
    if count < 2 or stride != header.stride:
        raise RingError(f"{path}: ring header is damaged")
    return header


def map_file(path: Path, *, write: bool) -> mmap.mmap:
    """All of the file in memory."""
    with path.open("r+b" if write else "rb") as file:
        access = mmap.ACCESS_WRITE if write else mmap.ACCESS_READ
        return mmap.mmap(file.fileno(), 0, access=access)


def slot_crc(length: int, seq: int, payload: bytes) -> int:
    """What stands at the beginning of a slot with this in it."""
    return zlib.crc32(payload, zlib.crc32(SLOT.pack(0, length, seq)[4:]))


def existing_header(path: Path, payload_bytes: int, slot_count: int) -> Header | None:
    """The header of a ring that can be gone on with, or None."""
    try:
        with path.open("rb") as file:
            header = parse_header(file.read(HEADER_BYTES), path)
        same = (header.payload_bytes, header.slot_count) == (payload_bytes, slot_count)
        return header if same and path.stat().st_size == header.file_bytes else None
    except (FileNotFoundError, RingError):
        return None


def create_file(path: Path, header: Header) -> None:
    """Make the file under another name and move it in, so that no reader sees half a ring."""
    fresh = path.with_suffix(path.suffix + ".new")
    with fresh.open("wb") as file:
        file.write(header.pack())
        file.truncate(header.file_bytes)
    fresh.replace(path)
