"""`python -m tests.bench history`: a database of many years.

How long its questions take, and how much memory.
"""

import resource
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import insert

from rig.export import reps_csv
from rig.storage.database import Database
from rig.storage.history import History
from rig.storage.models import Base, RepRow, SessionRow, SetRow
from rig.storage.people import People
from tests.support.records import START, a_rep, a_session, a_set, store_calibration

_AT_ONCE = 500


@click.command()
@click.option("--sessions", default=10_000, show_default=True)
@click.option("--reps", default=50, show_default=True, help="In each session.")
def main(sessions: int, reps: int) -> None:
    """Ask the history page's question and export all repetitions."""
    with TemporaryDirectory() as directory:
        fill(Path(directory), sessions, reps)
        size_mb = sum(path.stat().st_size for path in Path(directory).iterdir()) / 1e6
        click.echo(f"{sessions} sessions, {sessions * reps} repetitions, {size_mb:.0f} MB")
        with closing(Database.open_reader(Path(directory))) as database:
            for line in report(History(database), sessions):
                click.echo(line)


def fill(state_dir: Path, sessions: int, reps: int) -> None:
    """A database of so many sessions of one set each, an hour apart, of 40 people."""
    with closing(Database.open_writer(state_dir)) as database:
        calibration = store_calibration(database).calibration
        people = [People(database).add(created_utc=START).id for _ in range(40)]
        for first in range(0, sessions, _AT_ONCE):
            rows = [
                a_session(people[number % len(people)], calibration.id, number)
                for number in range(first, min(first + _AT_ONCE, sessions))
            ]
            sets = [a_set(row.id) for row in rows]
            found = [a_rep(one.id, index + 1) for one in sets for index in range(reps)]
            with database.session() as db:
                for model, batch in ((SessionRow, rows), (SetRow, sets), (RepRow, found)):
                    db.execute(insert(model), [_values(row) for row in batch])


def report(found: History, sessions: int) -> list[str]:
    """Milliseconds for pages of the history, rows per second of the export, memory."""
    lines = []
    for name, offset in (("first", 0), ("middle", sessions // 2), ("last", sessions - 50)):
        times_ms = [_page_ms(found, max(offset, 0)) for _ in range(5)]
        lines.append(f"history page ({name}): {sorted(times_ms)[2]:.1f} ms")
    before_mb, started, cpu, rows = _peak_mb(), time.perf_counter(), time.process_time(), 0
    for piece in reps_csv(found.reps()):
        rows += piece.count(b"\r\n")
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    lines.append(
        f"export of {rows - 1} rows: {rows / seconds:.0f} rows/s "
        f"({rows / cpu_s:.0f} per second of processor time), "
        f"peak memory +{_peak_mb() - before_mb:.1f} MB"
    )
    return lines


def _page_ms(found: History, offset: int) -> float:
    started = time.perf_counter()
    page = found.sessions(50, offset)
    assert page[0].started_utc >= START + timedelta()
    found.session_count()
    return 1000 * (time.perf_counter() - started)


def _values(row: Base) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
