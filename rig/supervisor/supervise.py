"""Run the whole rig until told to stop."""

import logging
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from rig.config import Config
from rig.errors import StorageError
from rig.handover.run_dir import RunDir
from rig.supervisor.child import Child
from rig.system.lock import LockFile
from rig.system.ports import listen
from rig.system.private import private_directory

_log: Final = logging.getLogger(__name__)
_NAMES: Final = ("sampler", "recorder", "web")
_STOP_SOON_S: Final = 1.6
_STOP_WITHIN_S: Final = 20.0  # a slow disk may still be taking what was recorded
_LOOK_EVERY_S: Final = 0.05


class Supervisor:
    """Starts the three processes, restarts what dies, stops all; also once `ends_with` is done."""

    def __init__(
        self, arguments: list[str], environment: Mapping[str, str], ends_with: str | None = None
    ) -> None:
        self._children = [
            Child(name, arguments, dict(environment), may_end=name == ends_with) for name in _NAMES
        ]
        self._stopping = False

    def stop(self, *_: object) -> None:
        """End `run` soon; a signal handler."""
        self._stopping = True

    def run(self, each_look: Callable[[], None]) -> int:
        """Keep them up; 0 after `stop` or `ends_with`, else the status of a bad start."""
        for child in self._children:
            child.start()
        try:
            while not self._stopping:
                for child in self._children:
                    status = child.watch()
                    if status is not None:
                        return status
                each_look()
                time.sleep(_LOOK_EVERY_S)
            return 0
        finally:
            self._end_all()

    def start_anew(self) -> None:
        """Stop everything in good order and start it again."""
        self._end_all()
        for child in self._children:
            child.start()

    def _end_all(self) -> None:
        now_s = time.monotonic()
        for child in self._children:
            child.ask_to_stop()
        for child in self._children:
            child.wait_or_kill(now_s + _STOP_SOON_S, now_s + _STOP_WITHIN_S)


def supervise(
    config: Config,
    run_dir: RunDir,
    config_file: Path | None,
    overrides: Mapping[str, Any],
    announce: Callable[[str], None],
) -> int:
    """Run the rig that `config` describes; the exit status.

    The processes get `overrides` (settings from the command line) through their environment, so
    that all of them see the same configuration. `announce` is called with the dashboard's address
    once it answers.
    """
    lock = _claim(config.state_dir)
    try:
        listen(config.web.host, config.web.port).close()
        run_dir.make()
        ends_with = "sampler" if config.rig.platform == "replay" else None
        supervisor = Supervisor(
            _arguments(config_file), _environment(overrides, run_dir), ends_with
        )
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, supervisor.stop)
        announcer, run_dir_watch = _Announcer(config, announce), _RunDirWatch(run_dir, supervisor)

        def look() -> None:
            announcer()
            run_dir_watch()

        return supervisor.run(look)
    finally:
        shutil.rmtree(run_dir.path, ignore_errors=True)
        lock.close()


def _claim(state_dir: Path) -> LockFile:
    """Make the state directory and hold it."""
    try:
        private_directory(state_dir)
    except OSError as error:
        raise StorageError(
            f"state directory {state_dir}: {error.strerror}; choose another with --state-dir"
        ) from None
    return LockFile(
        state_dir / "run.lock",
        f"state directory {state_dir} is in use by a running rig (process {{pid}}); "
        "stop that one or choose another with --state-dir",
    )


class _RunDirWatch:
    """Notices that somebody took the run directory away, as a logout may, and starts anew."""

    def __init__(self, run_dir: RunDir, supervisor: Supervisor) -> None:
        self._run_dir, self._supervisor = run_dir, supervisor
        self._inode = self._inode_now()

    def __call__(self) -> None:
        if self._inode_now() == self._inode:
            return
        _log.warning("the run directory %s is gone: starting anew", self._run_dir.path)
        self._run_dir.make()
        self._inode = self._inode_now()
        self._supervisor.start_anew()

    def _inode_now(self) -> int | None:
        try:
            return self._run_dir.path.stat().st_ino
        except FileNotFoundError:
            return None


class _Announcer:
    """Says the address once, as soon as the web process takes connections."""

    def __init__(self, config: Config, announce: Callable[[str], None]) -> None:
        self._at = (config.web.host, config.web.port)
        self._announce = announce
        self._done = False

    def __call__(self) -> None:
        if self._done:
            return
        with socket.socket() as probe:
            probe.settimeout(0.2)
            self._done = probe.connect_ex(self._at) == 0
        if self._done:
            self._announce(f"http://{self._at[0]}:{self._at[1]}")


def _arguments(config_file: Path | None) -> list[str]:
    return [] if config_file is None else ["--config", str(config_file)]


def _environment(overrides: Mapping[str, Any], run_dir: RunDir) -> dict[str, str]:
    """The environment with the overrides as settings, and no idle threads for linear algebra."""
    settings = {
        f"HINGE_RIG_{name.replace('.', '_').upper()}": str(value)
        for name, value in {**overrides, "paths.run_dir": run_dir.path}.items()
    }
    return {**os.environ, **settings, "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
