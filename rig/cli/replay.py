"""`hinge-rig replay`: a recording through ring, recorder and pages, as if it happened now."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from rig.calibration import Calibration
from rig.cli.options import (
    calibration_option,
    config_options,
    default_config_file,
    given_settings,
    log_option,
    read_config,
    run_dir_of,
)
from rig.cli.source import open_source
from rig.config import Config
from rig.storage.calibrations import Calibrations
from rig.storage.database import Database
from rig.storage.history import History
from rig.supervisor.supervise import supervise
from rig.system.log import log_to_stderr


@click.command()
@click.argument("file")
@click.option("--speed", type=float, help="Times real time.")
@click.option("--fast", is_flag=True, help="As fast as it can be recorded.")
@click.option("--stay", is_flag=True, help="Stay at the end, until Ctrl-C.")
@calibration_option
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port of the dashboard.")
@config_options
@log_option
def replay(
    file: str,
    speed: float | None,
    fast: bool,
    stay: bool,
    calibration_file: Path | None,
    host: str | None,
    port: int | None,
    config_file: Path | None,
    state_dir: Path | None,
    log_level: str | None,
) -> None:
    """Play FILE: an MCAP recording, a raw CSV, a bundle, or a session's id.

    It runs with a state directory of its own (`replay` in the rig's, if no other is given) and with
    the calibration and the contact settings of the file. Commands of that time (drill, load, sets
    started and discarded) are repeated between the same frames.
    """
    if fast and speed is not None:
        raise click.UsageError("give --speed or --fast, not both")
    config_file = default_config_file(config_file)
    rig_state_dir = read_config(config_file).state_dir
    opened = open_source(file, calibration_file, rig_state_dir)
    source = click.get_current_context().with_resource(opened)
    for note in source.notes:
        click.echo(f"warning: {note}", err=True)
    overrides = given_settings(
        rig__platform="replay",
        paths__state_dir=(state_dir or rig_state_dir / "replay").resolve(),
        web__host=host,
        web__port=port,
        replay__file=source.path.resolve(),
        replay__speed=0.0 if fast else speed,
        replay__at_end="stay" if stay else None,
        replay__usual_drop_m=source.context.usual_drop_m,
        replay__usual_deg=source.context.usual_deg,
        contact__lost_below_n=source.settings.balance.contact_lost_n,
        contact__regained_above_n=source.settings.balance.contact_regained_n,
        log__level=log_level,
    )
    config = read_config(config_file, **overrides)
    log_to_stderr("replay", config.log.level)
    before = _put_in_force(config, source.calibration)
    status = supervise(config, run_dir_of(config), config_file, overrides, _announce)
    if status == 0:
        _tell(config, before)
    sys.exit(status)


def _put_in_force(config: Config, calibration: Calibration) -> int:
    """The file's calibration for this run; how many sessions there are already."""
    with closing(Database.open_writer(config.state_dir)) as database:
        calibrations = Calibrations(database)
        current = calibrations.current()
        if current is None or current.calibration != calibration:
            calibrations.add(calibration, "import", stored_utc=datetime.now(UTC))
        return History(database).session_count()


def _announce(address: str) -> None:
    click.echo(f"Hinge Rig (replay): {address}    Ctrl-C stops it.")


def _tell(config: Config, before: int) -> None:
    with closing(Database.open_reader(config.state_dir)) as database:
        history = History(database)
        new = history.sessions(history.session_count() - before)
    counted = sum(one.reps_counted for one in new)
    click.echo(
        f"{len(new)} session{'s' * (len(new) != 1)}, {counted} repetitions counted; "
        f"`hinge-rig sessions list --state-dir {config.state_dir}` shows them."
    )
