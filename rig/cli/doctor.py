"""`hinge-rig doctor`: says whether every channel is well."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from rig.cli.options import config_options, json_option, read_config, run_dir_of
from rig.cli.table import print_json, print_table
from rig.doctor.check import CheckUp, check_alone, check_running, running
from rig.doctor.figures import ChannelFigures
from rig.doctor.verdicts import level_of
from rig.names import CELLS
from rig.sampler.comparison import read_for_comparison

_HEADER = (
    "channel",
    "verdict",
    "state",
    "rate/s",
    "median counts",
    "noise counts",
    "noise N",
    "range counts",
    "saturated",
    "doubtful",
    "longest pulse us",
    "bus errors",
    "idle V",
)


@click.command()
@config_options
@json_option
@click.option("--run-dir", type=click.Path(path_type=Path), help="Where a running rig is found.")
@click.option("--platform", help="sim or pi, when no rig is running.")
@click.option("--seconds", type=click.FloatRange(1, 300), default=10.0, help="How long to measure.")
@click.option(
    "--compare",
    type=click.Choice(CELLS),
    help="Then read this cell through the PyPI package hx711, for comparison only (real pins).",
)
def doctor(
    config_file: Path | None,
    state_dir: Path | None,
    as_json: bool,
    run_dir: Path | None,
    platform: str | None,
    seconds: float,
    compare: str | None,
) -> None:
    """Check every channel and say what is wrong with it.

    Watches the rig if it runs, else opens the pins and the bus itself. Leave the platform empty and
    the dowel lying while it measures. Exit status 1 if a channel fails.
    """
    config = read_config(
        config_file, paths__state_dir=state_dir, paths__run_dir=run_dir, rig__platform=platform
    )

    def progress(so_far_s: float) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rmeasuring: {so_far_s:.0f} of {seconds:g} s ", nl=False, err=True)

    where = run_dir_of(config)
    if compare and (running(where) or config.rig.platform != "pi"):
        raise click.UsageError("--compare needs the pins for itself: stop the rig, platform pi")
    if compare and config.cells.converter != "hx711":
        raise click.UsageError("--compare reads HX711 only: cells.converter is another one")
    click.echo(f"measuring for {seconds:g} s", err=True)
    if running(where):
        result = check_running(where, seconds, progress)
    else:
        result = check_alone(config, seconds, progress)
    if sys.stderr.isatty():
        click.echo(err=True)
    if as_json:
        print_json(result.to_json())
    else:
        _print(result)
    if compare and level_of(result.findings[compare]) != "fail":
        values = read_for_comparison(config, compare, seconds)
        click.echo(_comparison(result.figures[compare], compare, values, seconds), err=as_json)
    sys.exit(0 if result.ok else 1)


def _pulses(pulse: Mapping[str, Any] | None) -> str:
    """What was measured on the clock pins; nothing where the converters have none."""
    if pulse is None:
        return ""
    return (
        f" Clock pulses at the start: median {pulse['median_us']:.1f} us, longest "
        f"{pulse['longest_us']:.1f} us, above 50 us {pulse['too_long']} of {pulse['pulses']}."
    )


def _print(result: CheckUp) -> None:
    print_table(
        _HEADER,
        [
            [name, level_of(result.findings[name]), *_row(figures)]
            for name, figures in result.figures.items()
        ],
    )
    click.echo(
        f"\nSeen for {result.seconds:g} s through the {result.source} ({result.platform})."
        f"{_pulses(result.pulse)}"
    )
    if (imu := result.figures.get("imu")) is not None:
        click.echo(_inertial(imu))
    for name, findings in result.findings.items():
        for finding in findings:
            click.echo(f"\n{name}: {finding.what}.")
            click.echo(f"  Likely: {finding.cause}.")
            click.echo(f"  Do:     {finding.cure}.")
    click.echo("\nEvery channel is well." if result.ok else "\nNot every channel is well.")


def _inertial(figures: ChannelFigures) -> str:
    return (
        f"Inertial sensor: {_number(figures.force_m_s2, 2)} m/s2 and "
        f"{_number(figures.turn_rad_s, 3)} rad/s at rest, {_number(figures.temperature_c, 1)} C, "
        f"self-test {figures.self_test}."
    )


def _comparison(ours: ChannelFigures, cell: str, values: list[int], seconds: float) -> str:
    theirs = f"{len(values) / seconds:.1f} values a second from {min(values)} to {max(values)}"
    own = f"{ours.rate_sps:.1f} from {ours.lowest_counts} to {ours.highest_counts}"
    return f"\nFor comparison only, {cell} through the PyPI package hx711: {theirs}; ours: {own}."


def _row(figures: ChannelFigures) -> list[str]:
    low, high = figures.lowest_counts, figures.highest_counts
    return [
        figures.state,
        f"{figures.rate_sps:.1f}",
        _number(figures.median_counts, 0),
        _number(figures.noise_counts, 0),
        _number(figures.noise_n, 3),
        "-" if low is None or high is None else f"{low} to {high}",
        str(figures.flagged.get("SATURATED", 0)),
        _reasons(figures.doubtful),
        _number(figures.longest_pulse_us, 1),
        _reasons(figures.bus_errors),
        _number(figures.idle_v, 3),
    ]


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _reasons(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in counts.items()) or "0"
