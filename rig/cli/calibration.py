"""`hinge-rig calibration`: what turns counts into newtons."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from rig.calibration import Calibration, read_calibration
from rig.cli.options import config_options, json_option, read_config, run_dir_of
from rig.cli.table import print_json, print_table
from rig.config import Config
from rig.errors import BusyError, CalibrationError
from rig.export import write_file
from rig.handover.command_client import send
from rig.names import CELLS
from rig.storage.calibrations import Calibrations, StoredCalibration
from rig.storage.database import Database


@click.group()
def calibration() -> None:
    """Import, export and show the calibration in force."""


@calibration.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@config_options
@click.option("--run-dir", type=click.Path(path_type=Path), help="Where a running rig is found.")
def import_(
    file: Path, config_file: Path | None, state_dir: Path | None, run_dir: Path | None
) -> None:
    """Put the calibration in FILE in force; not while a session is open."""
    try:
        new = read_calibration(file.read_text(encoding="utf-8"), str(file))
    except OSError as error:
        raise CalibrationError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CalibrationError(f"{file}: is not UTF-8 text") from None
    config = read_config(config_file, paths__state_dir=state_dir, paths__run_dir=run_dir)
    _put_in_force(config, new)
    click.echo(f"Calibration {new.id} is in force.")


@calibration.command()
@click.option("--out", type=click.Path(path_type=Path), help="File; default: standard output.")
@config_options
def export(out: Path | None, config_file: Path | None, state_dir: Path | None) -> None:
    """Write the calibration in force as JSON."""
    current = _history(config_file, state_dir)[0].calibration
    text = json.dumps(current.to_json(), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, [text.encode()])


@calibration.command()
@config_options
@json_option
def show(config_file: Path | None, state_dir: Path | None, as_json: bool) -> None:
    """Show the calibration in force."""
    stored = _history(config_file, state_dir)[0]
    current = stored.calibration
    if as_json:
        print_json({**_summary(stored), "calibration": current.to_json()})
        return
    click.echo(f"{current.id}  ({stored.origin}, {stored.stored_utc:%Y-%m-%d %H:%M} UTC)")
    rows = [
        (name, f"{cell.zero_counts:.0f}", f"{cell.counts_per_n:.2f}", f"{cell.ml_mm:g}",
         f"{cell.ap_mm:g}")
        for name, cell in zip(CELLS, current.cells, strict=True)
    ]  # fmt: skip
    print_table(("cell", "zero (counts)", "counts per N", "ml mm", "ap mm"), rows)


@calibration.command()
@config_options
@json_option
def history(config_file: Path | None, state_dir: Path | None, as_json: bool) -> None:
    """List all calibrations and tares, newest first."""
    found = _history(config_file, state_dir)
    if as_json:
        print_json([_summary(stored) for stored in found])
        return
    rows = [
        (str(one.generation), one.origin, f"{one.stored_utc:%Y-%m-%d %H:%M:%S}", one.calibration.id)
        for one in found
    ]
    print_table(("no.", "origin", "stored (UTC)", "id"), rows)


def _put_in_force(config: Config, new: Calibration) -> None:
    """Through the recorder where one runs, else as the database's writer."""
    try:
        with closing(Database.open_writer(config.state_dir)) as database:
            Calibrations(database).add(new, "import", stored_utc=datetime.now(UTC))
    except BusyError:
        send(run_dir_of(config).socket, "import_calibration", {"calibration": new.to_json()})


def _history(config_file: Path | None, state_dir: Path | None) -> list[StoredCalibration]:
    config = read_config(config_file, paths__state_dir=state_dir)
    with closing(Database.open_reader(config.state_dir)) as database:
        found = Calibrations(database).history()
    if not found:
        raise CalibrationError("there is no calibration yet; start the rig once, or import one")
    return found


def _summary(stored: StoredCalibration) -> dict[str, object]:
    return {
        "generation": stored.generation,
        "id": stored.calibration.id,
        "origin": stored.origin,
        "parent_id": stored.parent_id,
        "stored_utc": stored.stored_utc,
    }
