"""`hinge-rig backup` and `hinge-rig restore`."""

from pathlib import Path

import click

from rig.backup.layout import RECORDINGS
from rig.backup.make import make_backup
from rig.backup.restore import check_restorable, recordings_since
from rig.backup.restore import restore as put_back
from rig.cli.options import config_options, read_config


@click.command()
@click.option("--to", type=click.Path(path_type=Path), help="Directory; default: backup.dir.")
@click.option("--keep", type=click.IntRange(1), help="How many to keep; default: backup.keep.")
@config_options
def backup(
    to: Path | None, keep: int | None, config_file: Path | None, state_dir: Path | None
) -> None:
    """Back up database, recordings and logins, also while the rig runs.

    Every backup is checked when it is made.
    """
    config = read_config(config_file, paths__state_dir=state_dir, backup__dir=to, backup__keep=keep)
    made = make_backup(config.state_dir, config.backup_dir, config.backup.keep, _say)
    click.echo(f"{made}: made and checked.")


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@config_options
def restore(backup: Path, yes: bool, config_file: Path | None, state_dir: Path | None) -> None:
    """Put BACKUP in place of the present database and recordings, which are kept aside.

    The backup is checked first. Not while the rig runs.
    """
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    if not yes:
        made_utc = check_restorable(backup)
        question = f"Replace what is in {directory} by {backup}, made {made_utc}?"
        click.confirm(question, abort=True, err=True)
    aside = put_back(backup, directory)
    click.echo(f"{backup}: restored." + (f" The state before lies in {aside}." if aside else ""))
    if aside and (newer := recordings_since(backup, aside)):
        click.echo(
            f"{newer} of its recordings {'are' if newer > 1 else 'is'} newer than the backup: copy "
            f"what is in {aside / RECORDINGS} to {directory / RECORDINGS}, then "
            "`hinge-rig sessions rescan` finds their sessions again."
        )


def _say(text: str) -> None:
    click.echo(text, err=True)
