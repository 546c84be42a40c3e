"""What the recorder says: events into the ring, and the state that is repeated every second."""

import threading
from typing import Any

from msgspec.structs import replace

from rig.handover.event_ring import EventWriter
from rig.handover.events import Told
from rig.handover.live_state import LiveState


class Announcer:
    """Lets the follower and the storing thread write to the one event ring."""

    def __init__(self, events: EventWriter) -> None:
        self._events = events
        self._lock = threading.Lock()

    def tell(self, event: Told) -> int:
        """Append an event and return its sequence number."""
        with self._lock:
            return self._events.append(event)


class StatePublisher:
    """The complete state, told at every change.

    What must be durable first (session, set, count of repetitions) is set by the storing thread,
    the rest by the follower.
    """

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._lock = threading.Lock()
        self._state = LiveState(t_ns=0)

    def update(self, t_ns: int, **changes: Any) -> None:
        """Change some of the state's fields; tell it if that made a difference."""
        with self._lock:
            new = replace(self._state, **changes)
            if new != self._state:
                self._state = new
                self._announcer.tell(replace(new, t_ns=t_ns))

    def repeat(self, t_ns: int) -> None:
        """Tell it again."""
        with self._lock:
            self._announcer.tell(replace(self._state, t_ns=t_ns))
