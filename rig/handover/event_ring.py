"""The event ring: what the recorder has to say, as JSON objects, for the web process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from rig.finite import finite
from rig.handover.ring import Missed, RingReader, RingWriter

SLOTS: Final = 4_096
PAYLOAD_BYTES: Final = 4_080


class EventWriter:
    """Appends JSON objects of at most `PAYLOAD_BYTES` bytes."""

    def __init__(self, path: Path) -> None:
        self._ring = RingWriter(path, payload_bytes=PAYLOAD_BYTES, slot_count=SLOTS)

    @property
    def head(self) -> int:
        """The sequence number that the next event gets."""
        return self._ring.head

    @property
    def epoch(self) -> int:
        """A number that changes each time a recorder starts."""
        return self._ring.epoch

    def append(self, event: dict[str, Any]) -> int:
        """Append one event and return its number; what is no finite number becomes null."""
        return self._ring.append(json.dumps(finite(event), separators=(",", ":")).encode())

    def close(self) -> None:
        """Let go of the file."""
        self._ring.close()


@dataclass(frozen=True)
class EventBatch:
    """Events in order, each with its sequence number, and what was missed."""

    events: list[tuple[int, dict[str, Any]]]
    missed: list[Missed]


class EventReader(RingReader):
    """Reads events."""

    def __init__(self, path: Path, start: Literal["head", "oldest"] | int = "head") -> None:
        super().__init__(path, start)

    def read_events(self, most: int = 256) -> EventBatch:
        """Up to `most` events from this reader's place on, without waiting."""
        batch = self.read(most)
        events = [
            (seq, json.loads(payload))
            for seq, payload in zip(batch.seqs, batch.payloads, strict=True)
        ]
        return EventBatch(events, batch.missed)
