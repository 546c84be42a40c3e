"""`hinge-rig sampler`: the sampling process alone."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from rig.cli.options import config_options, log_option, read_config, run_dir_of
from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.system.log import log_to_stderr

_SAMPLER: Final = "rig.sampler.process:run_sampler"
_OTHERS: Final = {"replay": "rig.replay.process:run_replay"}
"""What fills the frame ring, by the platform's name; the real rig carries no replayer."""


@click.command()
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Rings, pages and sockets.")
@click.option("--platform", help="sim, pi or replay.")
@click.option("--scenario", help="What the simulated trainee does.")
@click.option("--seed", type=int, help="Seed of everything random in the simulation.")
@log_option
def sampler(
    config_file: Path | None,
    state_dir: Path | None,
    run_dir: Path | None,
    platform: str | None,
    scenario: str | None,
    seed: int | None,
    log_level: str | None,
) -> None:
    """Read the chips and write the frame ring until stopped."""
    config = read_config(
        config_file,
        paths__state_dir=state_dir,
        paths__run_dir=run_dir,
        rig__platform=platform,
        sim__scenario=scenario,
        sim__seed=seed,
        log__level=log_level,
    )
    log_to_stderr("sampler", config.log.level)
    _process(config.rig.platform)(config, run_dir_of(config))


def _process(platform: str) -> Callable[[Config, RunDir], None]:
    module, name = _OTHERS.get(platform, _SAMPLER).split(":")
    process: Callable[[Config, RunDir], None] = getattr(importlib.import_module(module), name)
    return process
