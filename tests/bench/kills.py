"""`python -m tests.bench kills`: SIGKILL at random over a running rig.

The three processes die under load; what was announced must be there, once.
"""

import contextlib
import multiprocessing
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import click
import numpy as np
import psutil

from rig.errors import RingError
from rig.handover.event_ring import EventReader
from rig.handover.events import RepTold
from rig.handover.message import plain
from rig.handover.run_dir import default_run_dir
from rig.recording.reader import Recording
from rig.recording.writer import recordings_dir
from rig.storage.copy import check_database
from rig.storage.database import FILE_NAME, Database
from rig.storage.history import History
from tests.support.rig_process import RigProcess

_NAMES = ("sampler", "recorder", "web")


@click.command()
@click.option("--count", default=200, show_default=True, help="How many kills.")
@click.option("--minutes", default=60.0, show_default=True, help="End earlier than that.")
@click.option("--busy", default=1, show_default=True, help="Processes that keep the machine busy.")
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--only",
    type=click.Choice(_NAMES),
    multiple=True,
    default=_NAMES,
    help="Which processes; what a killed sampler does not see is lost to a rep.",
)
def main(count: int, minutes: float, busy: int, seed: int, only: tuple[str, ...]) -> None:
    """Kill, and compare what was announced with what is stored."""
    with TemporaryDirectory() as directory, _load(busy):
        state_dir = Path(directory) / "state"
        killed, announced = _kill(state_dir, only, count, minutes * 60, Random(seed))
        for line in [f"killed: {dict(killed)}", *compare(state_dir, announced)]:
            click.echo(line)


def _kill(
    state_dir: Path, only: tuple[str, ...], count: int, seconds: float, random: Random
) -> tuple[Counter[str], list[dict[str, Any]]]:
    killed: Counter[str] = Counter()
    until = time.monotonic() + seconds
    with RigProcess(state_dir, "--scenario", "steady") as rig:
        rig.wait_until_ok()
        with _viewer(rig.url), _Announced(state_dir) as announced:
            while sum(killed.values()) < count and time.monotonic() < until:
                time.sleep(random.uniform(0.2, 3.0))
                name = random.choice(only)
                process = rig.children().get(name)
                if process is not None:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.send_signal(signal.SIGKILL)
                        killed[name] += 1
            rig.wait_until_ok()
            time.sleep(1.0)
        status, _, errors = rig.stop()
        assert status == 0, errors
    return killed, announced.reps


def compare(state_dir: Path, announced: list[dict[str, Any]]) -> list[str]:
    """Lines that say what is missing, doubled or torn; none of it should be."""
    check_database(state_dir / FILE_NAME)
    with closing(Database.open_reader(state_dir)) as database:
        history = History(database)
        stored = [(rep.id, rep.session_id, rep.start_s) for rep in history.reps(discarded=True)]
        ids = history.session_ids()
    told = Counter(event["rep_id"] for event in announced)
    known = {rep_id for rep_id, _, _ in stored}
    twice_stored = len(stored) - len({(session, start) for _, session, start in stored})
    gaps = sum(_gaps(Recording(recordings_dir(state_dir), one)) for one in ids)
    return [
        f"sessions: {len(ids)}, repetitions announced: {len(told)}, stored: {len(stored)}",
        f"announced and missing: {len(told.keys() - known)}",
        f"announced twice: {sum(times > 1 for times in told.values())}",
        f"stored twice: {twice_stored}",
        f"frames missing within sessions: {gaps}",
    ]


def _gaps(recording: Recording) -> int:
    """Frames that are missing or doubled between a recording's first and last."""
    seq = np.concatenate([block["seq"] for block in recording.blocks()]).astype(np.int64)
    return int(np.abs(np.diff(seq) - 1).sum())


class _Announced:
    """Collects the rep events from the event ring, over all restarts of the recorder."""

    def __init__(self, state_dir: Path) -> None:
        self._path = default_run_dir(state_dir).events
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self.reps: list[dict[str, Any]] = []

    def __enter__(self) -> "_Announced":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _follow(self) -> None:
        reader: EventReader | None = None
        while not self._stop.wait(0.02):
            try:
                reader = reader or EventReader(self._path, "oldest")
            except RingError:
                continue
            events = reader.read_events(1000).events
            self.reps += [plain(event) for _, event in events if isinstance(event, RepTold)]
            if reader.replaced():
                reader.close()
                reader = None


@contextmanager
def _viewer(url: str) -> Iterator[None]:
    """Somebody watches the live page; when the stream ends, it is opened again."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            with (
                contextlib.suppress(OSError, HTTPException),
                urlopen(f"{url}/api/v1/live", timeout=3) as stream,
            ):
                while not stop.is_set() and stream.read1(65536):
                    pass

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _load(count: int) -> Iterator[None]:
    processes = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.join()


def _spin() -> None:
    block = np.ones((200, 200))
    while True:
        np.linalg.svd(block)
