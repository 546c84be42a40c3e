"""The event ring: what the recorder has to say, as JSON objects, for the web process."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rig.errors import RingError
from rig.handover.events import (
    CueTold,
    EventTold,
    HealthTold,
    RepTold,
    ResultTold,
    SessionTold,
    SetTold,
    Told,
)
from rig.handover.live_state import LiveState
from rig.handover.message import decoded, encoded
from rig.handover.ring import Missed, RingReader, RingWriter

SLOTS: Final = 4_096
PAYLOAD_BYTES: Final = 4_080

AnyTold = (
    LiveState | CueTold | EventTold | RepTold | SetTold | SessionTold | ResultTold | HealthTold
)
"""Every type of event that there is."""


class EventWriter:
    """Appends events of at most `PAYLOAD_BYTES` bytes."""

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

    def append(self, event: Told) -> int:
        """Append one event and return its number; what is no finite number becomes null."""
        return self._ring.append(encoded(event))

    def close(self) -> None:
        """Let go of the file."""
        self._ring.close()


@dataclass(frozen=True)
class EventBatch:
    """Events in order, each with its sequence number; what was missed, or not understood."""

    events: list[tuple[int, AnyTold]]
    missed: list[Missed]
    problems: list[str]


class EventReader(RingReader):
    """Reads events."""

    def __init__(self, path: Path, start: Literal["head", "oldest"] | int = "head") -> None:
        super().__init__(path, start)

    def read_events(self, most: int = 256) -> EventBatch:
        """Up to `most` events from this reader's place on, without waiting."""
        batch = self.read(most)
        found = EventBatch([], batch.missed, [])
        for seq, payload in zip(batch.seqs, batch.payloads, strict=True):
            try:
                event: AnyTold = decoded(payload, AnyTold, f"event {seq}")  # type: ignore[arg-type]
                found.events.append((seq, event))
            except RingError as error:
                found.problems.append(str(error))
        return found
