"""The recorder as a process: the follower, the storing thread and the command socket."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Final

from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.recorder.clocks import SystemClocks
from rig.recorder.commands.server import CommandServer
from rig.recorder.durable.store import SYNC_NS, SessionStore
from rig.recorder.recorder import Recorder
from rig.storage.damage import set_aside_if_damaged
from rig.storage.database import Database
from rig.system.heartbeat import Heartbeat

_IDLE_S: Final = 0.05  # five frames at once cost little more than one


def run_recorder(config: Config, run_dir: RunDir) -> None:
    """Record until SIGTERM or SIGINT.

    A damaged database is set aside; its sessions are found again in their recordings. Raises
    `BusyError` where another process writes the database, `StorageError` or `OSError` where it
    cannot start.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    clocks = SystemClocks()
    set_aside_if_damaged(config.state_dir, clocks.now_utc())
    with closing(Database.open_writer(config.state_dir)) as database:
        run_dir.make()
        with closing(Recorder(config, run_dir, database, clocks)) as recorder:
            storing = _StoringThread(recorder.store, stopped.set)
            server = CommandServer(run_dir.socket, recorder.inbox)
            try:
                _follow(recorder, stopped)
            finally:
                server.close()
                storing.close()


def _follow(recorder: Recorder, stopped: threading.Event) -> None:
    heartbeat = Heartbeat.from_environment()
    while not stopped.is_set():
        heartbeat.beat(time.monotonic_ns())
        if not recorder.step():
            stopped.wait(_IDLE_S)
    heartbeat.stopping()


class _StoringThread:
    """Calls `store.work` when there is something to store, and often enough to sync frames."""

    def __init__(self, store: SessionStore, on_failure: Callable[[], None]) -> None:
        self._store, self._on_failure = store, on_failure
        self._stopped = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="store")
        self._thread.start()

    def close(self) -> None:
        """End the thread; an error that ended it before is raised here."""
        self._stopped = True
        self._store.wake.set()
        self._thread.join()
        if self._failure:
            raise self._failure

    def _run(self) -> None:
        try:
            while not self._stopped:
                self._store.wake.wait(SYNC_NS * 1e-9)
                self._store.work()
        except BaseException as failure:
            # the process must end with it: without storing there is no recorder
            self._failure = failure
            self._on_failure()
