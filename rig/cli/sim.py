"""`hinge-rig sim`: break and mend the simulated rig while it runs."""

from pathlib import Path

import click

from rig.cli.options import config_options, read_config, run_dir_of
from rig.config.faults import CHIP_FAULTS
from rig.handover.command_client import send
from rig.names import CHANNELS
from rig.simulation.trainee.recording import UNITS, scenario_names
from rig.simulation.trainee.recording import record as write_scenario
from rig.simulation.trainee.script import SCENARIOS

_MENDED = "none"


@click.group()
def sim() -> None:
    """Work with the simulated rig."""


@sim.command()
@click.argument("channel", type=click.Choice(CHANNELS))
@click.argument("fault", type=click.Choice([*CHIP_FAULTS, _MENDED]))
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Where the running rig is found.")
def fault(
    channel: str, fault: str, config_file: Path | None, state_dir: Path | None, run_dir: Path | None
) -> None:
    """Give CHANNEL of the running simulated rig a FAULT; `none` mends it."""
    config = read_config(config_file, paths__state_dir=state_dir, paths__run_dir=run_dir)
    wanted = None if fault == _MENDED else fault
    send(run_dir_of(config).socket, "sim_fault", {"channel": channel, "fault": wanted})
    click.echo(f"{channel}: {'mended' if wanted is None else fault}")


@sim.command()
@click.option("--all", "everything", is_flag=True, help="Also those that only `sim record` takes.")
def scenarios(everything: bool) -> None:
    """List what the simulated trainee can do (`hinge-rig run --scenario NAME`)."""
    for name in scenario_names() if everything else SCENARIOS:
        click.echo(name)


@sim.command()
@click.argument("name")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=1, show_default=True, help="Another seed, another rig and noise.")
@click.option(
    "--unit", type=click.Choice(UNITS), default="counts", show_default=True,
    help="Counts with noise and a calibration, or exact newtons.",
)  # fmt: skip
@click.option("--imu", is_flag=True, help="The dowel has an inertial sensor.")
def record(name: str, directory: Path, seed: int, unit: str, imu: bool) -> None:
    """Write scenario NAME as raw.csv with labels.json (and calibration.json) into DIRECTORY."""
    for path in write_scenario(name, seed, unit, directory, imu=imu):
        click.echo(path)
