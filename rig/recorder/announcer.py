"""What the recorder says: events into the ring, and the state that is repeated every second."""

import threading
from typing import Any, Final

from rig.handover.event_ring import EventWriter

_NOTHING_YET: Final[dict[str, Any]] = {
    "flow": "empty",
    "phase": "standing",
    "phase_since_s": None,
    "session_id": None,
    "set_index": None,
    "rep_count": 0,
    "person_id": None,
    "person_name": None,
    "drill": "hinge",
    "flow_since_s": None,
    "flow_until_s": None,
    "cue": None,
    "qualities": [],
    "best_streak": 0,
    "work_on": None,
    "score": None,
    "pain": False,
    "discarded": False,
    "band_mm": None,
    "plates_mm": [],
    "tempo_s": [],
    "silent": False,
    "body_weight_n": None,
    "weighing_failed": None,
    "dowel": False,
    "load_kg": 0.0,
    "heel_block_mm": 0.0,
    "muted": False,
    "calibrated": False,
}


class Announcer:
    """Lets the follower and the storing thread write to the one event ring."""

    def __init__(self, events: EventWriter) -> None:
        self._events = events
        self._lock = threading.Lock()

    def tell(self, kind: str, t_ns: int, **fields: Any) -> int:
        """Append an event of type `kind` and return its sequence number."""
        with self._lock:
            return self._events.append({"type": kind, "t_ns": t_ns, **fields})


class Board:
    """The complete state, told at every change.

    What must be durable first (session, set, count of repetitions) is set by the storing thread,
    the rest by the follower.
    """

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._lock = threading.Lock()
        self._state = dict(_NOTHING_YET)

    def update(self, t_ns: int, **changes: Any) -> None:
        """Change some of the state; tell it if that made a difference."""
        with self._lock:
            new = {**self._state, **changes}
            if new != self._state:
                self._state = new
                self._announcer.tell("state", t_ns, **new)

    def repeat(self, t_ns: int) -> None:
        """Tell it again."""
        with self._lock:
            self._announcer.tell("state", t_ns, **self._state)
