"""`hinge-rig run`: the whole rig."""

import sys
from pathlib import Path
from typing import Any

import click

from rig.cli.options import (
    config_options,
    default_config_file,
    given_settings,
    log_option,
    read_config,
    run_dir_of,
)
from rig.simulation.trainee.script import find_script
from rig.supervisor.supervise import supervise
from rig.system.log import log_to_stderr


@click.command()
@config_options
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port of the dashboard.")
@click.option("--platform", help="sim, pi or replay.")
@click.option("--scenario", help="What the simulated trainee does.")
@click.option("--seed", type=int, help="Seed of everything random in the simulation.")
@log_option
def run(config_file: Path | None, state_dir: Path | None, **options: Any) -> None:
    """Start the whole rig and keep it running until Ctrl-C.

    Sampler, recorder and web server run as processes of their own; one that dies is started again.
    """
    config_file = default_config_file(config_file)
    overrides = given_settings(
        paths__state_dir=state_dir.resolve() if state_dir else None,
        web__host=options["host"],
        web__port=options["port"],
        rig__platform=options["platform"],
        sim__scenario=options["scenario"],
        sim__seed=options["seed"],
        log__level=options["log_level"],
    )
    config = read_config(config_file, **overrides)
    if config.rig.platform == "sim":
        find_script(config.sim.scenario)
    log_to_stderr("run", config.log.level)
    what = "simulated rig" if config.rig.platform == "sim" else config.rig.platform

    def announce(address: str) -> None:
        click.echo(f"Hinge Rig ({what}): {address}    Ctrl-C stops it.")

    sys.exit(supervise(config, run_dir_of(config), config_file, overrides, announce))
