"""What the recorder says: events into the ring, and the state that is repeated every second."""

import logging
import threading
from typing import Any, Final

from msgspec.structs import replace

from rig.errors import RingError
from rig.handover.event_ring import EventWriter
from rig.handover.events import Told
from rig.handover.live_state import LiveState

_log: Final = logging.getLogger(__name__)


class Announcer:
    """Lets the follower and the storing thread write to the one event ring."""

    def __init__(self, events: EventWriter) -> None:
        self._events = events
        self._lock = threading.Lock()

    def tell(self, event: Told) -> int:
        """Append an event and return its sequence number.

        One that does not fit is left out, and logged: it must not end what it tells of.
        """
        with self._lock:
            try:
                return self._events.append(event)
            except RingError as error:
                _log.error("%s is not told: %s", type(event).__name__, error)
                return self._events.head


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
