"""Who trains: pseudonymous codes such as P-0001, with a name only where someone gives one."""

import uuid
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rig.errors import StorageError
from rig.storage.database import Database
from rig.storage.models import Person, SessionRow


class People:
    """Adds and finds people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *, created_utc: datetime, name: str | None = None) -> Person:
        """A new person under the next free code."""
        with self._database.session() as db:
            return add_person(db, created_utc=created_utc, name=name)

    def add_found(self, code: str, *, created_utc: datetime) -> None:
        """Somebody whose code a recording names; nothing if there is such a person."""
        if self.find(code) is None:
            with self._database.session() as db:
                db.add(Person(id=str(uuid.uuid4()), code=code, created_utc=created_utc))

    def all(self) -> list[tuple[Person, int]]:
        """Everybody with the number of their sessions, by code."""
        question = (
            select(Person, func.count(SessionRow.id))
            .outerjoin(SessionRow, SessionRow.person_id == Person.id)
            .group_by(Person.id)
            .order_by(Person.code)
        )
        with self._database.session() as db:
            return [(person, count) for person, count in db.execute(question)]

    def get(self, code: str) -> Person:
        """The person with this code; `StorageError` if there is none."""
        person = self.find(code)
        if person is None:
            raise StorageError(f"there is no person {code!r}; `hinge-rig people list` shows them")
        return person

    def find(self, code: str) -> Person | None:
        """The person with this code."""
        with self._database.session() as db:
            return db.scalar(select(Person).where(Person.code == code))

    def change(self, code: str, *, name: str | None, height_m: float | None) -> None:
        """Set what is not None; an empty name is none. `StorageError` without such a person."""
        person = self.get(code)
        with self._database.session() as db:
            db.add(person)
            if name is not None:
                person.name = name or None
            if height_m is not None:
                person.height_m = height_m

    def guest(self, *, created_utc: datetime) -> Person:
        """Who stands for people that nobody named: the newest person without a name."""
        unnamed = select(Person).where(Person.name.is_(None)).order_by(Person.created_utc.desc())
        with self._database.session() as db:
            found = db.scalar(unnamed.limit(1))
        return found or self.add(created_utc=created_utc)

    def latest(self) -> Person | None:
        """Who trained last, or was added last if no one has."""
        trained = (
            select(Person)
            .join(SessionRow, SessionRow.person_id == Person.id)
            .order_by(SessionRow.started_utc.desc())
        )
        added = select(Person).order_by(Person.created_utc.desc())
        with self._database.session() as db:
            return db.scalar(trained.limit(1)) or db.scalar(added.limit(1))


def add_person(db: Session, *, created_utc: datetime, name: str | None = None) -> Person:
    """As `People.add`, within a transaction that does more."""
    number = (db.scalar(select(func.count()).select_from(Person)) or 0) + 1
    while db.scalar(select(Person.id).where(Person.code == _code(number))):
        number += 1
    person = Person(id=str(uuid.uuid4()), code=_code(number), name=name, created_utc=created_utc)
    db.add(person)
    return person


def _code(number: int) -> str:
    return f"P-{number:04d}"
