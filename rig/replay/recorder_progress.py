"""How far the recorder has come, for a replay that must not get too far ahead."""

from rig.errors import RingError
from rig.handover.event_ring import EventReader
from rig.handover.events import HealthTold
from rig.handover.run_dir import RunDir


class RecorderProgress:
    """How far the recorder has read, as it says once a second."""

    def __init__(self, run_dir: RunDir) -> None:
        self._path = run_dir.events
        self._events: EventReader | None = None
        self._next_seq = 0
        self._there = False

    @property
    def there(self) -> bool:
        """Whether it has said anything."""
        self._look()
        return self._there

    @property
    def next_seq(self) -> int:
        """The next frame that it will read."""
        self._look()
        return self._next_seq

    def _look(self) -> None:
        if self._events is None:
            try:
                self._events = EventReader(self._path, "oldest")
            except RingError:
                return
        for _, event in self._events.read_events(4096).events:
            if isinstance(event, HealthTold):
                self._there, self._next_seq = True, event.next_seq
