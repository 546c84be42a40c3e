"""`hinge-rig export`: recorded data as files."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from rig.cli.options import config_options, read_config
from rig.cli.sessions import open_history
from rig.export import raw_csv, reps_csv, write_file
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir

_LONG_S: Final = 2.0
_STDOUT: Final = Path("-")


@click.command()
@click.argument("sessions", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All sessions.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["reps-csv", "raw-csv"]),
    default="reps-csv",
    show_default=True,
    help="One row per repetition, or one per frame.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=_STDOUT,
    help="File, or directory for the raw frames of several sessions; default: standard output.",
)
@config_options
def export(
    sessions: tuple[str, ...],
    everything: bool,
    kind: str,
    out: Path,
    config_file: Path | None,
    state_dir: Path | None,
) -> None:
    """Export SESSIONS; the beginning of a session's id is enough.

    A file appears when it is complete. Columns are described in docs/formats.md.
    """
    if everything == bool(sessions):
        raise click.UsageError("name one or more sessions, or give --all")
    with open_history(config_file, state_dir) as history:
        chosen = None if everything else [history.find(beginning) for beginning in sessions]
        if kind == "reps-csv":
            _write(out, reps_csv(history.reps(chosen)))
            return
        if chosen is None:
            chosen = [one.id for one in history.sessions(history.session_count())]
    directory = recordings_dir(read_config(config_file, paths__state_dir=state_dir).state_dir)
    _write_raw(out, directory, chosen, several=everything or len(chosen) > 1)


def _write_raw(out: Path, directory: Path, sessions: Sequence[str], *, several: bool) -> None:
    if several and not out.is_dir():
        raise click.UsageError("the raw frames of several sessions need --out with a directory")
    for session_id in sessions:
        target = out / f"{session_id}.csv" if several else out
        _write(target, raw_csv(Recording(directory, session_id).blocks()))


def _write(out: Path, pieces: Iterable[bytes]) -> None:
    if out == _STDOUT:
        stream = sys.stdout.buffer
        for piece in _with_progress(pieces, "standard output"):
            stream.write(piece)
        stream.flush()
    else:
        write_file(out, _with_progress(pieces, str(out)))


def _with_progress(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The same pieces; what takes long says every now and then how far it is."""
    told_s, written = time.monotonic(), 0
    for piece in pieces:
        yield piece
        written += len(piece)
        if time.monotonic() - told_s > _LONG_S:
            told_s = time.monotonic()
            click.echo(f"{name}: {written / 1e6:.1f} MB so far", err=True)
