"""The whole rig as a person starts it: `hinge-rig run` with its three processes."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from rig.handover.run_dir import default_run_dir
from tests.support.web_process import free_port

_PATIENCE_S = 60.0
_NAMES = ("sampler", "recorder", "web")


class RigProcess:
    """Started at once; ended with its context."""

    def __init__(self, state_dir: Path, *more: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self._state_dir = state_dir
        self.url = f"http://127.0.0.1:{self.port}"
        command = ["run", "--port", str(self.port), "--state-dir", str(state_dir), *more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rig.cli", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def health(self) -> dict[str, Any]:
        """The health page's document; empty while it does not answer."""
        try:
            with urlopen(f"{self.url}/api/v1/health", timeout=5) as answer:
                document: dict[str, Any] = json.load(answer)
                return document
        except (URLError, ConnectionError, TimeoutError):
            return {}

    def wait_until_ok(self) -> dict[str, Any]:
        """Return the health document as soon as it says ok."""
        return wait_for(lambda: (found := self.health()).get("status") == "ok" and found)

    def children(self) -> dict[str, psutil.Process]:
        """The three processes by name."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):  # it may end while it is looked at
                command = child.cmdline()
                found |= {name: child for name in _NAMES if name in command}
        return found

    def stop(self) -> tuple[int, str, str]:
        """Ctrl-C; exit status, output and errors."""
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Exit status, output and errors, once it has ended by itself."""
        output, errors = self.process.communicate(timeout=_PATIENCE_S)
        return self.process.returncode, output, errors

    def __enter__(self) -> "RigProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=_PATIENCE_S)
        shutil.rmtree(default_run_dir(self._state_dir).path, ignore_errors=True)


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` gives, as soon as it is true."""
    give_up = time.monotonic() + _PATIENCE_S
    while time.monotonic() < give_up:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")
