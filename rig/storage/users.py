"""Who works with the rig besides those who train on it: names, roles, hashes of passwords.

What is given out has no hash in it, so that none can be shown, exported or logged.
"""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from rig.errors import StorageError
from rig.storage.audit import record
from rig.storage.database import Database
from rig.storage.models import UserRow

Role = Literal["coach", "builder", "researcher"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
PASSWORD_MIN: Final = 10
PASSWORD_MAX: Final = 1000
_NAME_MAX: Final = 100


@dataclass(frozen=True)
class User:
    """A user as others may see one."""

    id: str
    name: str
    role: Role
    created_utc: datetime
    changed_utc: datetime


class Users:
    """Adds, finds, changes and removes users, and puts each of it into the audit.

    `StorageError` says what is wrong with a name or a password, or that there is no such user.
    Names are the same whatever the case of their letters.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[User]:
        """By name."""
        with self._database.session() as db:
            return [_user(row) for row in db.scalars(select(UserRow).order_by(UserRow.name_key))]

    def get(self, name: str) -> User:
        """The user of this name."""
        with self._database.session() as db:
            return _user(_find(db, name))

    def check_new(self, name: str) -> None:
        """Whether somebody can be added under this name."""
        key = _key(_checked_name(name))
        taken = next((user for user in self.all() if _key(user.name) == key), None)
        if taken:
            raise StorageError(f"there is a user {taken.name!r} already; choose another name")

    def add(self, name: str, role: Role, password: str, *, created_utc: datetime) -> User:
        """A new user."""
        self.check_new(name)
        name = _checked_name(name)
        row = UserRow(
            id=str(uuid.uuid4()),
            name=name,
            name_key=_key(name),
            role=role,
            password_hash=_hash(password, name),
            created_utc=created_utc,
            changed_utc=created_utc,
        )
        with self._database.session() as db:
            db.add(row)
            record(db, "add user", name, {"role": role})
        return _user(row)

    def set_password(self, name: str, password: str, *, changed_utc: datetime) -> None:
        """Another password; the hash of the old one is overwritten in the file."""
        with self._database.erasing() as db:
            row = _find(db, name)
            row.password_hash, row.changed_utc = _hash(password, row.name), changed_utc
            record(db, "change password", row.name, {})

    def remove(self, name: str) -> None:
        """Remove a user; nothing of the hash stays in the file."""
        with self._database.erasing() as db:
            row = _find(db, name)
            db.delete(row)
            record(db, "remove user", row.name, {"role": row.role})


def check_password(password: str, name: str) -> None:
    """`StorageError` says why this cannot be the password of `name`."""
    if len(password) < PASSWORD_MIN:
        raise StorageError(
            f"the password has {len(password)} characters, at least {PASSWORD_MIN} are needed"
        )
    if len(password) > PASSWORD_MAX:
        raise StorageError(f"the password has more than {PASSWORD_MAX} characters")
    if not password.isprintable():
        raise StorageError("the password has a line break or something else that nobody can type")
    if _key(password) == _key(name):
        raise StorageError("the password is the user's name; choose another one")


def _hash(password: str, name: str) -> str:
    check_password(password, name)
    return generate_password_hash(password)


def _checked_name(name: str) -> str:
    name = unicodedata.normalize("NFKC", name.strip())
    if not 0 < len(name) <= _NAME_MAX or not name.isprintable():
        raise StorageError(f"a user's name is a text of 1 to {_NAME_MAX} letters, not {name!r}")
    return name


def _key(name: str) -> str:
    """The same for names that differ in case or in how their letters are encoded.

    Unicode's compatibility caseless matching (The Unicode Standard, section 3.13, D146).
    """
    folded = unicodedata.normalize("NFD", name)
    for _ in range(2):
        folded = unicodedata.normalize("NFKD", folded.casefold())
    return folded


def _find(db: Session, name: str) -> UserRow:
    key = _key(_checked_name(name))
    row = db.scalar(select(UserRow).where(UserRow.name_key == key))
    if row is None:
        raise StorageError(f"there is no user {name!r}; `hinge-rig user list` shows them")
    return row


def _user(row: UserRow) -> User:
    role: Role = row.role  # type: ignore[assignment]  # only `add` writes it
    return User(row.id, row.name, role, row.created_utc, row.changed_utc)
