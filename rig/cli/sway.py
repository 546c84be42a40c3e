"""`hinge-rig sway`: quiet-stance metrics."""

from pathlib import Path

import click

from rig.analysis.sway import lowpass, sway_metrics
from rig.cli.options import calibration_option, config_options, json_option, read_config
from rig.cli.source import open_source
from rig.cli.table import print_json
from rig.reanalysis.cop import CopTrial, has_cop_columns, read_cop, recorded_cop


@click.command()
@click.argument("file")
@click.option("--lowpass-hz", type=float, help="Filter first, at this frequency; else no filter.")
@calibration_option
@config_options
@json_option
def sway(
    file: str,
    lowpass_hz: float | None,
    calibration_file: Path | None,
    config_file: Path | None,
    state_dir: Path | None,
    as_json: bool,
) -> None:
    """Quiet-stance metrics of FILE: t_s,cop_ml_mm,cop_ap_mm, or a raw recording."""
    config = read_config(config_file, paths__state_dir=state_dir)
    trial = _trial(file, calibration_file, config.state_dir)
    ml_mm, ap_mm = trial.ml_mm, trial.ap_mm
    if lowpass_hz is not None:
        if not 0 < lowpass_hz < trial.fs_hz / 2:
            raise click.UsageError(
                f"--lowpass-hz must be between 0 and {trial.fs_hz / 2:g}, half the sampling rate"
            )
        ml_mm, ap_mm = (lowpass(curve, trial.fs_hz, lowpass_hz) for curve in (ml_mm, ap_mm))
    metrics = sway_metrics(ml_mm, ap_mm, trial.fs_hz).to_json()
    if as_json:
        print_json(metrics)
        return
    for name, value in metrics.items():
        click.echo(
            f"{name:22} {value:12.4f}" if isinstance(value, float) else f"{name:22} {value:7}"
        )


def _trial(file: str, calibration_file: Path | None, state_dir: Path) -> CopTrial:
    if has_cop_columns(Path(file)):
        return read_cop(Path(file))
    with open_source(file, calibration_file, state_dir) as source:
        return recorded_cop(source)
