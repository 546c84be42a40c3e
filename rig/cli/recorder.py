"""`hinge-rig recorder`: the recording process alone."""

from pathlib import Path

import click

from rig.cli.options import config_options, read_config, run_dir_of
from rig.recorder.process import run_recorder


@click.command()
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Rings, pages and sockets.")
def recorder(config_file: Path | None, state_dir: Path | None, run_dir: Path | None) -> None:
    """Follow the frames, find and store sessions, take commands, until stopped."""
    config = read_config(config_file, paths__state_dir=state_dir, paths__run_dir=run_dir)
    run_recorder(config, run_dir_of(config))
