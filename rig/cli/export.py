"""`hinge-rig export`: recorded data as files."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import click

from rig.bundle.write import write_bundle
from rig.cli.options import config_options, read_config
from rig.cli.selection import chosen, selection_options
from rig.export import raw_csv, reps_csv, write_file
from rig.reanalysis.signals import signals_csv
from rig.reanalysis.source import recorded
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.people import People
from rig.storage.records import RepRecord

_LONG_S: Final = 2.0
_STDOUT: Final = Path("-")
_OF_REPS: Final[dict[str, Callable[[Iterable[RepRecord]], Iterator[bytes]]]] = {
    "reps-csv": reps_csv,
}
"""One file for all sessions, by format."""
_PER_FRAME: Final[dict[str, Callable[[Recording], Iterator[bytes]]]] = {
    "raw-csv": lambda recording: raw_csv(recording.blocks()),
    "signals-csv": lambda recording: signals_csv(recorded(recording).outputs()),
}
"""A file a session, by format."""
_ENDINGS: Final = {"raw-csv": ".csv", "signals-csv": ".signals.csv", "bundle": ".zip"}


@click.command()
@selection_options
@click.option(
    "--format",
    "kind",
    type=click.Choice([*_OF_REPS, *_ENDINGS]),
    default="reps-csv",
    show_default=True,
    help="One row per repetition, one per frame (raw or signals), or all of a session in a zip.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=_STDOUT,
    help="File, or directory for a file per session; default: standard output.",
)
@config_options
def export(
    kind: str, out: Path, config_file: Path | None, state_dir: Path | None, **selection: Any
) -> None:
    """Export SESSIONS; the beginning of a session's id is enough.

    A file appears when it is complete. What is in it is described in docs/formats.md.
    """
    directory = read_config(config_file, paths__state_dir=state_dir).state_dir
    with closing(Database.open_reader(directory)) as database:
        history = History(database)
        ids = chosen(history, People(database), **selection)
        if kind in _OF_REPS:
            _write(out, _OF_REPS[kind](history.reps(ids)))
            return
        recordings = recordings_dir(directory)
        for session_id, target in _targets(out, ids, kind, several=not selection["sessions"]):
            if kind == "bundle":
                progress = _progress(str(target))
                write_bundle(target, database, recordings, session_id, progress)
            else:
                _write(target, _PER_FRAME[kind](Recording(recordings, session_id)))


def _targets(
    out: Path, ids: Sequence[str], kind: str, *, several: bool
) -> Iterator[tuple[str, Path]]:
    """Each session with the file that it goes to."""
    into_directory = out.is_dir()
    if (several or len(ids) > 1) and not into_directory:
        raise click.UsageError(f"{kind} of several sessions needs --out with a directory")
    if kind == "bundle" and out == _STDOUT:
        raise click.UsageError("a bundle needs --out with a file or a directory")
    for session_id in ids:
        yield session_id, out / f"{session_id}{_ENDINGS[kind]}" if into_directory else out


def _write(out: Path, pieces: Iterable[bytes]) -> None:
    if out == _STDOUT:
        stream = sys.stdout.buffer
        for piece in _progress("standard output")(pieces):
            stream.write(piece)
        stream.flush()
    else:
        write_file(out, _progress(str(out))(pieces))


def _progress(name: str) -> Callable[[Iterable[bytes]], Iterator[bytes]]:
    """Passes pieces on; what takes long says every now and then how far it is."""
    told_s, written = time.monotonic(), 0

    def pass_on(pieces: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal told_s, written
        for piece in pieces:
            yield piece
            written += len(piece)
            if time.monotonic() - told_s > _LONG_S:
                told_s = time.monotonic()
                click.echo(f"{name}: {written / 1e6:.1f} MB so far", err=True)

    return pass_on
