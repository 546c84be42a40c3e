"""`hinge-rig sessions`: what was recorded."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import click

from rig.cli.options import config_options, json_option, read_config
from rig.cli.table import print_json, print_table
from rig.errors import StorageError
from rig.recorder.restart.rescan import rescan as rebuild
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.records import RepRecord, SessionSummary

_NOT_SET: Final = "~"
_HEADER: Final = (
    "session", "started (UTC)", "person", "drill", "sets", "reps counted", "recording",
)  # fmt: skip


@click.group()
def sessions() -> None:
    """Show what was recorded, and find lost sessions again."""


@sessions.command("list")
@config_options
@click.option("--limit", default=20, show_default=True, help="How many, newest first.")
@json_option
def list_(config_file: Path | None, state_dir: Path | None, limit: int, as_json: bool) -> None:
    """List sessions, newest first."""
    with open_history(config_file, state_dir) as history:
        found = history.sessions(limit)
    if as_json:
        print_json(found)
    elif not found:
        click.echo("Nothing has been recorded yet.")
    else:
        print_table(_HEADER, [_session_row(one) for one in found])
        if not all(one.clock_set for one in found):
            click.echo(f"{_NOT_SET} dated by a clock that nobody had set")


@sessions.command()
@click.argument("session")
@config_options
@json_option
def show(session: str, config_file: Path | None, state_dir: Path | None, as_json: bool) -> None:
    """Show a SESSION with its repetitions; the beginning of its id is enough."""
    with open_history(config_file, state_dir) as history:
        detail = history.session(history.find(session))
    if detail is None:
        raise StorageError(f"session {session} is gone")
    if as_json:
        print_json(detail)
        return
    summary = detail.summary
    click.echo(f"{summary.id}  {_started(summary)} UTC  {summary.person_id}")
    header = ("set", "rep", "kind", "down s", "pause s", "up s", "faults", "score", "")
    print_table(header, [_rep_row(rep) for rep in detail.reps])


@sessions.command()
@config_options
def rescan(config_file: Path | None, state_dir: Path | None) -> None:
    """Rebuild sessions from recordings that the database does not know.

    For after the loss of the database: move a damaged one away first. Not while the rig runs.
    """
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_writer(directory)) as database:
        found, problems = rebuild(database, recordings_dir(directory))
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)
    click.echo(f"{len(found)} session{'s' * (len(found) != 1)} found again.")


@contextmanager
def open_history(config_file: Path | None, state_dir: Path | None) -> Iterator[History]:
    """The history in the state directory that the options mean."""
    config = read_config(config_file, paths__state_dir=state_dir)
    with closing(Database.open_reader(config.state_dir)) as database:
        yield History(database)


def _session_row(one: SessionSummary) -> tuple[str, ...]:
    return (
        one.id[:8],
        _started(one),
        one.person_id,
        one.drill,
        str(one.sets),
        str(one.reps_counted),
        one.recording,
    )


def _started(one: SessionSummary) -> str:
    return f"{'' if one.clock_set else _NOT_SET}{one.started_utc:%Y-%m-%d %H:%M:%S}"


def _rep_row(rep: RepRecord) -> tuple[str, ...]:
    return (
        str(rep.set_index),
        str(rep.rep_index),
        rep.kind,
        f"{rep.eccentric_s:.1f}",
        f"{rep.pause_s:.1f}",
        f"{rep.concentric_s:.1f}",
        ", ".join(fault.name for fault in rep.faults) or "-",
        str(rep.score),
        "discarded" if rep.discarded else "",
    )
