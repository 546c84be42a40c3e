"""What benchmarks that watch a whole rig share: how they are called, and a browser."""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_CHROMIUM = shutil.which("chromium") or "chromium"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def print_report(
    name: str, report: Callable[[Path, float], Iterator[str]], arguments: Sequence[str]
) -> None:
    """Print the lines of a report on a rig with this state directory, watched for `--seconds`."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.bench {name}")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to watch")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as state_dir:
        for line in report(Path(state_dir), options.seconds):
            print(line, flush=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()
