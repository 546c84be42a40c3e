"""`hinge-rig sampler`: the sampling process alone."""

from pathlib import Path

import click

from rig.cli.options import config_options, read_config, run_dir_of
from rig.sampler.process import run_sampler


@click.command()
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Rings, pages and sockets.")
@click.option("--platform", help="sim, pi or replay.")
@click.option("--scenario", help="What the simulated trainee does.")
@click.option("--seed", type=int, help="Seed of everything random in the simulation.")
def sampler(
    config_file: Path | None,
    state_dir: Path | None,
    run_dir: Path | None,
    platform: str | None,
    scenario: str | None,
    seed: int | None,
) -> None:
    """Read the chips and write the frame ring until stopped."""
    config = read_config(
        config_file,
        paths__state_dir=state_dir,
        paths__run_dir=run_dir,
        rig__platform=platform,
        sim__scenario=scenario,
        sim__seed=seed,
    )
    run_sampler(config, run_dir_of(config))
