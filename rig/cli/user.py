"""`hinge-rig user`: who works with the rig besides those who train on it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from rig.cli.options import config_options, json_option, read_config
from rig.cli.table import print_json, print_table
from rig.errors import StorageError
from rig.storage.database import Database
from rig.storage.users import PASSWORD_MAX, PASSWORD_MIN, ROLES, Role, Users, check_password

_F = TypeVar("_F", bound=Callable[..., Any])
_LONGEST_FILE = 8 * PASSWORD_MAX  # bytes; more is no password, and may have no end


@click.group()
def user() -> None:
    """Keep a list of coaches, builders and researchers with their passwords.

    The pages do not ask for a sign-in yet: nobody is kept out, or let in, by being on this list.
    """


def _password_option(command: _F) -> _F:
    """Add `--password-file`; the command takes `password_file`."""
    return click.option(
        "--password-file",
        type=click.Path(allow_dash=True, path_type=Path),
        help="Read the password from a file, or from standard input: -. Default: it is asked for.",
    )(command)


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the user does.")
@_password_option
@config_options
def add(
    name: str,
    role: Role,
    password_file: Path | None,
    config_file: Path | None,
    state_dir: Path | None,
) -> None:
    """Add the user NAME with a password of at least 10 characters. Not while the rig runs.

    The pages do not ask for a sign-in yet.
    """
    with _users(config_file, state_dir) as users:
        users.check_new(name)
        text = _password(password_file, name)
        added = users.add(name, role, text, created_utc=datetime.now(UTC))
    click.echo(f"{added.name} is added as {added.role}. The pages do not ask for a sign-in yet.")


@user.command("list")
@config_options
@json_option
def list_(config_file: Path | None, state_dir: Path | None, as_json: bool) -> None:
    """List users by name."""
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_reader(directory)) as database:
        found = Users(database).all()
    if as_json:
        print_json(found)
    elif not found:
        click.echo("There are no users yet.")
    else:
        rows = [
            (one.name, one.role, f"{one.created_utc:%Y-%m-%d}", f"{one.changed_utc:%Y-%m-%d}")
            for one in found
        ]
        print_table(("name", "role", "added (UTC)", "changed (UTC)"), rows)


@user.command()
@click.argument("name")
@_password_option
@config_options
def password(
    name: str, password_file: Path | None, config_file: Path | None, state_dir: Path | None
) -> None:
    """Give the user NAME another password. Not while the rig runs."""
    with _users(config_file, state_dir) as users:
        found = users.get(name)
        text = _password(password_file, found.name)
        users.set_password(name, text, changed_utc=datetime.now(UTC))
    click.echo(f"{found.name} has another password.")


@user.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_options
def remove(name: str, yes: bool, config_file: Path | None, state_dir: Path | None) -> None:
    """Remove the user NAME. Not while the rig runs.

    Backups that were made before still have them, with the hash of their password.
    """
    with _users(config_file, state_dir) as users:
        found = users.get(name)
        if not yes:
            click.confirm(f"Remove {found.name} ({found.role})?", abort=True, err=True)
        users.remove(name)
    click.echo(f"{found.name} is removed.")


@contextmanager
def _users(config_file: Path | None, state_dir: Path | None) -> Iterator[Users]:
    """The users, to be changed; `BusyError` while a recorder runs."""
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_writer(directory)) as database:
        yield Users(database)


def _password(file: Path | None, name: str) -> str:
    """From the file, or asked for twice without showing it."""
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask for a password: use --password-file")

    def checked(text: str) -> str:
        try:
            check_password(text, name)
        except StorageError as refusal:
            raise click.UsageError(str(refusal)) from None  # it is asked for again
        return text

    question = f"Password for {name}, at least {PASSWORD_MIN} characters"
    asked: str = click.prompt(
        question, hide_input=True, confirmation_prompt="Once more", value_proc=checked, err=True
    )
    return asked


def _first_line(file: Path) -> str:
    """The text of a file but for the line's end."""
    try:
        with click.open_file(str(file), "rb") as source:
            text = bytes(source.read(_LONGEST_FILE)).decode()
    except OSError as error:
        raise StorageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise StorageError(f"{file}: is not UTF-8 text") from None
    return text.removesuffix("\n").removesuffix("\r")
