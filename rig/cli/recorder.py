"""`hinge-rig recorder`: the recording process alone."""

from pathlib import Path

import click

from rig.cli.options import config_options, log_option, read_config, run_dir_of
from rig.recorder.process import run_recorder
from rig.system.log import log_to_stderr


@click.command()
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Rings, pages and sockets.")
@log_option
def recorder(
    config_file: Path | None, state_dir: Path | None, run_dir: Path | None, log_level: str | None
) -> None:
    """Follow the frames, find and store sessions, take commands, until stopped."""
    config = read_config(
        config_file, paths__state_dir=state_dir, paths__run_dir=run_dir, log__level=log_level
    )
    log_to_stderr("recorder", config.log.level)
    run_recorder(config, run_dir_of(config))
