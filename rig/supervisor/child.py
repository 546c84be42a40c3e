"""One supervised process: start, notice its death, start again, stop."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from typing import Final

_log: Final = logging.getLogger(__name__)
_PR_SET_PDEATHSIG: Final = 1
_SHORT_LIFE_S: Final = 5.0
_FIRST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 5.0

_libc = ctypes.CDLL(None)


class Child:
    """A `hinge-rig` sub-command that is to run all the time; if it `may_end`, until it is done."""

    def __init__(
        self,
        name: str,
        arguments: list[str],
        environment: dict[str, str],
        *,
        may_end: bool = False,
    ) -> None:
        self.name = name
        self._may_end = may_end
        self.restarts = 0
        self._command = [sys.executable, "-m", "rig.cli", name, *arguments]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started_s = 0.0
        self._pause_s = _FIRST_PAUSE_S
        self._due_s = 0.0

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it in a process group of its own: Ctrl-C is the supervisor's business."""
        self._started_s = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_die_with_parent,
        )

    def watch(self) -> int | None:
        """Start it again when it is due; the exit status if it is done or could not start.

        A process that exits by itself, with a failure, soon after its first start has said why on
        standard error: trying again would not help. A killed or crashed one is started again,
        with growing pauses while it keeps dying young.
        """
        now_s = time.monotonic()
        if self._process is None:
            if now_s >= self._due_s:
                self.restarts += 1
                self.start()
            return None
        status = self._process.poll()
        if status is None:
            return None
        lived_s = now_s - self._started_s
        self._process = None
        if status == 0 and self._may_end:
            return status
        if status > 0 and not self.restarts and lived_s < _SHORT_LIFE_S:
            return status
        self._plan_restart(status, lived_s, now_s)
        return None

    def _plan_restart(self, status: int, lived_s: float, now_s: float) -> None:
        young = lived_s < _SHORT_LIFE_S
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S) if young else _FIRST_PAUSE_S
        self._due_s = now_s + self._pause_s
        how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        _log.warning("%s ended (%s), starting it again", self.name, how)

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self._process is not None:
            self._process.terminate()

    def wait_or_kill(self, soon_s: float, until_s: float) -> None:
        """Wait for its end, say so from `soon_s` on, and kill it at `until_s` (monotonic)."""
        if not self._ended_by(soon_s):
            _log.info("waiting for %s to finish what it is doing", self.name)
            if not self._ended_by(until_s) and self._process:
                _log.warning("%s did not stop in time, killed", self.name)
                self._process.kill()
                self._process.wait()
        self._process = None

    def _ended_by(self, until_s: float) -> bool:
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, until_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True


def _die_with_parent() -> None:
    """A killed supervisor leaves no process behind."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:
        os._exit(1)
