"""`hinge-rig people`: who trained, and what is stored about them."""

from contextlib import closing
from pathlib import Path

import click

from rig.bundle.write import write_person
from rig.cli.options import config_options, json_option, read_config, run_dir_of
from rig.cli.table import print_json, print_table
from rig.errors import BusyError, RingError
from rig.handover.frame_ring import FrameReader
from rig.handover.run_dir import RunDir
from rig.recorder.forget import delete_person
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.models import Person
from rig.storage.people import People


@click.group()
def people() -> None:
    """Show, change, export and delete what is stored about people."""


@people.command("list")
@config_options
@json_option
def list_(config_file: Path | None, state_dir: Path | None, as_json: bool) -> None:
    """List people by their codes."""
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_reader(directory)) as database:
        found = People(database).all()
    if as_json:
        print_json([_document(person, count) for person, count in found])
    else:
        header = ("person", "name", "height m", "sessions")
        print_table(header, [_row(person, count) for person, count in found])


@people.command("set")
@click.argument("code")
@click.option("--name", help="Empty: no name.")
@click.option("--height-m", type=click.FloatRange(0.5, 2.5), help="Height in metres.")
@config_options
def set_(
    code: str,
    name: str | None,
    height_m: float | None,
    config_file: Path | None,
    state_dir: Path | None,
) -> None:
    """Give the person CODE a name or a height; neither is needed. Not while the rig runs."""
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_writer(directory)) as database:
        People(database).change(code, name=name, height_m=height_m)


@people.command()
@click.argument("code")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The zip to write.")
@config_options
def export(code: str, out: Path, config_file: Path | None, state_dir: Path | None) -> None:
    """Write all that is stored about the person CODE into a zip."""
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_reader(directory)) as database:
        person = People(database).get(code)
        write_person(out, database, recordings_dir(directory), person)
    click.echo(f"{out}: all that is stored about {code}.")


@people.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_options
def delete(code: str, yes: bool, config_file: Path | None, state_dir: Path | None) -> None:
    """Delete all that is stored about the person CODE, recordings too. Not while the rig runs.

    Backups and exports that were made before still have it.
    """
    config = read_config(config_file, paths__state_dir=state_dir)
    directory = config.state_dir
    with closing(Database.open_writer(directory)) as database:
        person = People(database).get(code)
        if not yes:
            click.confirm(f"Delete {code} and all their sessions for good?", abort=True, err=True)
        _remove_ring(run_dir_of(config))
        sessions = delete_person(database, recordings_dir(directory), person)
    click.echo(f"{code} and {sessions} session{'s' * (sessions != 1)} are deleted.")
    kept = [*directory.glob("backups/*"), *directory.glob("*before-*")]
    if kept:
        click.echo(f"Copies made before still have them: {', '.join(map(str, kept))}", err=True)


def _remove_ring(run_dir: RunDir) -> None:
    """What a killed rig left of the last minutes: a recorder would make sessions of it again."""
    try:
        with closing(FrameReader(run_dir.frames)) as ring:
            writer = ring.writer_pid
    except RingError:
        return
    if Path(f"/proc/{writer}").exists():
        raise BusyError(f"a sampler runs (process {writer}); stop the rig first")
    run_dir.frames.unlink()


def _row(person: Person, sessions: int) -> tuple[str, ...]:
    height = "-" if person.height_m is None else f"{person.height_m:.2f}"
    return person.code, person.name or "-", height, str(sessions)


def _document(person: Person, sessions: int) -> dict[str, object]:
    return {
        "person_id": person.code,
        "name": person.name,
        "height_m": person.height_m,
        "created_utc": person.created_utc,
        "sessions": sessions,
    }
