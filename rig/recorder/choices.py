"""What people have chosen at run time, kept in the database: the context, and the buzzer's mute.

A command keeps its choice before it is in force; what comes into force without one is kept by
`look`. A new boot keeps how the rig is used, not who stood there with which load.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from textwrap import shorten
from typing import Any, Final

from sqlalchemy.orm import Session

from rig.context import Context
from rig.errors import CommandRefused, StorageError
from rig.recorder.clocks import Clocks, boot_id
from rig.session.context_commands import CONTEXT_VERBS, changed_context
from rig.storage.database import Database
from rig.storage.models import Person
from rig.storage.people import People, add_person
from rig.storage.settings import Settings, get, put

CONTEXT: Final = "context"
MUTED: Final = "muted"
_OF_THE_RIG: Final = ("choose_drill",)  # the verbs whose choices outlive a boot
_LOST: Final = "what was chosen before the start is lost, choose it again"
_LONGEST: Final = 200  # letters of a reason; what is stored may be anything


def forget_person(db: Session, code: str, *, changed_utc: datetime) -> None:
    """Take a person out of what was chosen, within a transaction that does more."""
    with suppress(StorageError):  # what cannot be read is told, and chosen anew, at the start
        document = get(db, CONTEXT)
        if isinstance(document, dict) and document.get("person_id") == code:
            put(db, CONTEXT, {**document, "person_id": None}, changed_utc=changed_utc)


class Choices:
    """Keeps choices, and gives them back at the start; `problems` names those that are lost."""

    def __init__(self, database: Database, people: People, clock: Clocks) -> None:
        self._database, self._people, self._clock = database, people, clock
        self._settings = Settings(database)
        self._boot_id = boot_id()
        self._kept: Context | None = None  # as it is stored, with this boot
        self._unreadable: dict[str, str] = {}  # until somebody chooses anew
        self._not_kept = ""

    @property
    def problems(self) -> list[str]:
        """One text per thing that is wrong."""
        return [*self._unreadable.values(), *([self._not_kept] if self._not_kept else [])]

    def muted(self) -> bool:
        """Whether the buzzer was muted; not if nobody has chosen."""
        muted = self._read(MUTED)
        if muted is not None and not isinstance(muted, bool):
            self._lost(MUTED, f"{MUTED} must be true or false, not {muted!r}")
        return muted is True

    def keep_muted(self, muted: bool) -> None:
        """Store it. `StorageError` where that cannot be done."""
        self._settings.put(MUTED, muted, changed_utc=self._clock.now_utc())
        self._unreadable.pop(MUTED, None)

    def restored(self, going_on: Context | None) -> tuple[Context, Person]:
        """What holds at the start, and who that is; `going_on` is that of an open session.

        Load and heel block are given back only with the person, and only to the boot of the choice.
        """
        if going_on:
            return going_on, self._people.get(going_on.person_id)
        document = self._stored_context()
        person = self._person(document)
        as_left = (document.get("person_id"), document.get("boot_id"))
        verbs = CONTEXT_VERBS if as_left == (person.code, self._boot_id) else _OF_THE_RIG
        return self._context(person.code, document, verbs if document else ()), person

    def keep_context(self, context: Context) -> None:
        """Store it. `StorageError` where that cannot be done."""
        self._keep(context)
        self._unreadable.pop(CONTEXT, None)

    def add_person(self, context: Context, name: str | None) -> Person:
        """A new person, for whom the context holds from now on: both or neither."""
        now = self._clock.now_utc()
        with self._database.session() as db:
            person = add_person(db, created_utc=now, name=name)
            new = context.for_somebody_else(person.code)
            put(db, CONTEXT, self._document(new), changed_utc=now)
        self._kept = new
        return person

    def look(self, context: Context) -> None:
        """Keep what is in force, such as a guest who took over; once a second."""
        self._not_kept = ""
        try:
            self._keep(context)
        except StorageError as error:
            self._not_kept = f"drill, load and person are not kept for a restart: {error}"

    def _keep(self, context: Context) -> None:
        if context != self._kept:
            document = self._document(context)
            self._settings.put(CONTEXT, document, changed_utc=self._clock.now_utc())
            self._kept = context

    def _document(self, context: Context) -> dict[str, Any]:
        return {**asdict(context), "boot_id": self._boot_id}

    def _stored_context(self) -> dict[str, Any]:
        """Empty if there is none."""
        stored = self._read(CONTEXT)
        if stored is None or isinstance(stored, dict):
            return stored or {}
        self._lost(CONTEXT, f"{CONTEXT} must be an object, not {stored!r}")
        return {}

    def _context(self, code: str, document: dict[str, Any], verbs: Sequence[str]) -> Context:
        """What these commands had chosen, as far as they would be obeyed today."""
        context = Context(code)
        for verb in verbs:
            try:
                context = changed_context(context, verb, document)
            except CommandRefused as refusal:
                self._lost(CONTEXT, str(refusal))
        return context

    def _person(self, document: dict[str, Any]) -> Person:
        """Who was chosen, but a guest after a boot; who trained last if they are gone."""
        now = self._clock.now_utc()
        if document and document.get("boot_id") != self._boot_id:
            with suppress(StorageError):  # a full disk takes no new guest
                return self._people.guest(created_utc=now)
        found = self._people.find(str(document.get("person_id")))
        return found or self._people.latest() or self._people.add(created_utc=now)

    def _read(self, name: str) -> Any:
        try:
            return self._settings.get(name)
        except StorageError as error:
            self._lost(name, str(error))
            return None

    def _lost(self, name: str, why: str) -> None:
        before, why = self._unreadable.get(name), shorten(why, _LONGEST, placeholder=" …")
        self._unreadable[name] = f"{before}; {why}" if before else f"{_LOST}: {why}"
