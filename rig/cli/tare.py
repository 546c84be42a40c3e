"""`hinge-rig tare`: take the zeros of the empty platform."""

from pathlib import Path

import click

from rig.cli.options import config_options, read_config, run_dir_of
from rig.handover.command_client import send


@click.command()
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Where the running rig is found.")
def tare(config_file: Path | None, state_dir: Path | None, run_dir: Path | None) -> None:
    """Take the zeros of the running rig now.

    Refused, with the reason, while someone stands on the platform or it is not quiet. It ends an
    open session. An empty platform is tared by itself; this command is for when you cannot wait.
    """
    config = read_config(config_file, paths__state_dir=state_dir, paths__run_dir=run_dir)
    send(run_dir_of(config).socket, "tare")
    click.echo("Zeros taken.")
