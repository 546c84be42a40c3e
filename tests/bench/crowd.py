"""`python -m tests.bench crowd`: is a page there while others take all the places they can get."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

from tests.bench.watch_rig import print_report
from tests.support.crowd import crowd, fetch
from tests.support.rig_process import RigProcess

_PATHS = ("/?kiosk", "/api/v1/health")
_EVERY_S = 0.2
CROWDS = {
    "nobody": {},
    "100 asking for the live view": {"live": 100},
    "120 silent": {"silent": 120},
    "200 half-sent heads": {"half_a_head": 200},
    "200 half-sent bodies": {"half_a_body": 200},
    "all of these": {"live": 100, "silent": 120, "half_a_head": 200, "half_a_body": 200},
}


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark and print its table."""
    print_report("crowd", report, arguments)


def report(state_dir: Path, seconds: float) -> Iterator[str]:
    """Lines of a table, as they are measured."""
    yield "| beside | asked | answered with 200 | worst, s | kiosk's stream, messages in 1 s |"
    yield "| --- | --- | --- | --- | --- |"
    with RigProcess(state_dir) as rig:
        rig.wait_until_ok()
        for name, counts in CROWDS.items():
            with crowd(rig.port, **counts):
                answers = list(_ask(rig.port, seconds))
                messages = _kiosk_messages(rig.url)
            good = sum(" 200 " in status for status, _ in answers)
            worst_s = max(took_s for _, took_s in answers)
            yield f"| {name} | {len(answers)} | {good} | {worst_s:.2f} | {messages} |"


def _ask(port: int, seconds: float) -> Iterator[tuple[str, float]]:
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        for path in _PATHS:
            yield fetch(port, path)
        time.sleep(_EVERY_S)


def _kiosk_messages(url: str) -> int:
    """What the kiosk's own stream gets in a second; -1 if it gets none."""
    try:
        with urlopen(f"{url}/api/v1/live?place=kiosk", timeout=5) as stream:
            end_s = time.monotonic() + 1
            messages = 0
            while time.monotonic() < end_s:
                messages += stream.readline() == b"\n"
            return messages
    except OSError:
        return -1
