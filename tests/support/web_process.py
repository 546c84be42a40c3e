"""The web process as it really runs: `hinge-rig web` on a free port."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_START_S = 30.0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class WebProcess:
    """Started at once, stopped at the end of the context; warnings are errors in it."""

    def __init__(self, state_dir: Path, run_dir: Path, port: int, *more: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        command = ["web", "--port", str(port), "--state-dir", str(state_dir)]
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "rig.cli", *command,
             "--run-dir", str(run_dir), *more],
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def wait_until_up(self) -> None:
        """Return as soon as it answers."""
        give_up = time.monotonic() + _START_S
        while time.monotonic() < give_up and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/api/v1/health"):
                    return
            except URLError:
                time.sleep(0.05)
        raise AssertionError(f"the web process did not come up: {self.end()}")

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, float]:
        """Send a signal; exit status, standard error and how long it took, in seconds."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors, time.monotonic() - started

    def __enter__(self) -> "WebProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
