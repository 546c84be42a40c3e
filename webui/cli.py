"""`hinge-rig web`."""

from pathlib import Path

import click

from rig.cli.options import config_options, log_option, read_config, run_dir_of
from rig.system.log import log_to_stderr
from webui.serve import serve


@click.command()
@config_options
@click.option("--host", help="Address to listen on; only loopback until access control exists.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option(
    "--run-dir", type=click.Path(path_type=Path), help="Where the rig's rings and pages lie."
)
@log_option
def web(
    config_file: Path | None,
    state_dir: Path | None,
    host: str | None,
    port: int | None,
    run_dir: Path | None,
    log_level: str | None,
) -> None:
    """Serve the live view, the history and the API."""
    config = read_config(
        config_file,
        paths__state_dir=state_dir,
        paths__run_dir=run_dir,
        web__host=host,
        web__port=port,
        log__level=log_level,
    )
    log_to_stderr("web", config.log.level)
    serve(config, run_dir_of(config))
