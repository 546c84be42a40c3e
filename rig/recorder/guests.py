"""Going back to a guest when somebody who was chosen by name has been gone for long."""

from contextlib import suppress

from rig.errors import StorageError
from rig.recorder.clocks import Clocks
from rig.recorder.sessions import Sessions
from rig.storage.people import People


class Guests:
    """Whoever steps on after a while is not taken for the person before."""

    def __init__(self, sessions: Sessions, people: People, clock: Clocks, after_s: float) -> None:
        self._sessions, self._people, self._clock = sessions, people, clock
        self._after_ns = round(after_s * 1e9)
        self._chosen = sessions.context.person_id
        self._idle_since_ns = clock.now_ns()

    def look(self) -> None:
        """Called each second."""
        sessions, now_ns = self._sessions, self._clock.now_ns()
        if sessions.current is not None or sessions.context.person_id != self._chosen:
            self._chosen, self._idle_since_ns = sessions.context.person_id, now_ns
        elif sessions.person_name is not None and now_ns - self._idle_since_ns > self._after_ns:
            with suppress(StorageError):  # a full disk takes no new guest: tried again
                sessions.change_person(self._people.guest(created_utc=self._clock.now_utc()))
