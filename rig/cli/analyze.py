"""`hinge-rig analyze`: what the person did, from a recording."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from rig.analysis.pipeline import Output
from rig.cli.options import calibration_option, config_options, json_option, read_config
from rig.cli.source import open_source
from rig.cli.table import print_json, print_table
from rig.export import write_file
from rig.frames import Block, Forces
from rig.reanalysis.context import read_context
from rig.reanalysis.signals import signals_csv
from rig.reanalysis.source import Source
from rig.reanalysis.summary import Summary

_LONG_S = 2.0


@click.command()
@click.argument("file")
@calibration_option
@click.option(
    "--signals",
    "signals_file",
    type=click.Path(path_type=Path),
    help="Also write the signals of every frame as CSV.",
)
@click.option(
    "--context",
    "context_file",
    type=click.Path(path_type=Path),
    help="A session bundle's session.json: usual depth, loads, contact settings.",
)
@config_options
@json_option
def analyze(
    file: str,
    calibration_file: Path | None,
    signals_file: Path | None,
    context_file: Path | None,
    config_file: Path | None,
    state_dir: Path | None,
    as_json: bool,
) -> None:
    """Analyse FILE: a raw CSV, an MCAP recording, a bundle, or a session's id.

    A CSV of counts needs --calibration; one in newtons and a recording do not.
    """
    config = read_config(config_file, paths__state_dir=state_dir)
    given = None if context_file is None else read_context(context_file)
    opened = open_source(file, calibration_file, config.state_dir, given)
    source = click.get_current_context().with_resource(opened)
    for note in source.notes:
        click.echo(f"warning: {note}", err=True)
    summary = Summary()
    outputs = _gather(source, summary)
    if signals_file is None:
        for _ in outputs:
            pass
    else:
        write_file(signals_file, signals_csv(outputs))
    document = summary.to_json()
    if as_json:
        print_json(document)
    else:
        _print(document)


def _gather(source: Source, summary: Summary) -> Iterator[tuple[Block | Forces, Output]]:
    """The source's outputs, gathered in passing; long work says how far it is."""
    told_s, frames = time.monotonic(), 0
    for block, output in source.outputs():
        summary.add(block, output)
        frames += len(block)
        if time.monotonic() - told_s > _LONG_S:
            told_s = time.monotonic()
            click.echo(f"{source.name}: {frames} frames so far", err=True)
        yield block, output


def _print(document: dict[str, Any]) -> None:
    weight = document["body_weight_n"]
    reps = document["reps"]
    click.echo(
        f"{document['duration_s']:.1f} s, {document['quality']['frames']} frames, "
        f"{document['quality']['gaps']} gaps, "
        + ("no body weight" if weight is None else f"body weight {weight:.0f} N")
    )
    if "note" in document:
        click.echo(document["note"])
    if not reps:
        click.echo("No repetitions.")
        return
    header = ("rep", "kind", "start s", "down s", "pause s", "up s", "depth", "faults", "score")
    print_table(header, [_row(rep) for rep in reps])
    sys.stdout.flush()


def _row(rep: dict[str, Any]) -> tuple[str, ...]:
    faults = ", ".join(f"{f['name']} ({f['confidence']:.2f})" for f in rep["faults"])
    return (
        str(rep["index"]),
        rep["kind"],
        f"{rep['start_s']:.2f}",
        f"{rep['eccentric_s']:.2f}",
        f"{rep['pause_s']:.2f}",
        f"{rep['concentric_s']:.2f}",
        f"{rep['depth']:.2f}",
        faults or "-",
        str(rep["score"]),
    )
