"""Which sessions a command is about: some, one person's, those of a time, or all."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import click

from rig.storage.history import History
from rig.storage.people import People

_F = TypeVar("_F", bound=Callable[..., Any])


def selection_options(command: _F) -> _F:
    """Add SESSIONS, `--all`, `--person`, `--since` and `--until`."""
    for add in (
        click.option("--until", type=_Moment(end=True), help="Up to this day (UTC) or moment."),
        click.option("--since", type=_Moment(), help="From this day (UTC) or moment on."),
        click.option("--person", help="Sessions of the person with this code, such as P-0001."),
        click.option("--all", "everything", is_flag=True, help="All sessions."),
        click.argument("sessions", nargs=-1),
    ):
        command = add(command)
    return command


def chosen(
    history: History,
    people: People,
    sessions: tuple[str, ...],
    everything: bool,
    person: str | None,
    since: datetime | None,
    until: datetime | None,
) -> list[str]:
    """The ids of the sessions that the options mean, oldest first or as they were named."""
    narrowed = not (person is None and since is None and until is None)
    if bool(sessions) + (everything or narrowed) != 1:
        raise click.UsageError(
            "name one or more sessions, or give --all, --person, --since or --until"
        )
    if sessions:
        return [history.find(beginning) for beginning in sessions]
    if person is not None:
        people.get(person)
    return history.session_ids(person_id=person, since_utc=since, until_utc=until)


class _Moment(click.ParamType[datetime]):
    """A day, of which `end` means the end, or a moment; in UTC unless it says otherwise."""

    name = "date"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date such as 2026-03-01 or 2026-03-01T09:30", param, ctx)
        if self._end and _is_day(value):
            moment += timedelta(days=1)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
