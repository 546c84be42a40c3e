"""`python -m tests.bench faulty`: every fault, on the empty platform, weighing, in a set, at rest.

Health must be degraded within a second of a fault that loses anything, and say why; after it is
mended it must be ok again.
"""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

from rig.config.faults import wrong_fault
from rig.handover.command_client import send
from rig.handover.run_dir import default_run_dir
from tests.bench.watch_rig import print_report
from tests.support.rig_process import RigProcess, wait_for

CELL_FAULTS = (
    "unplugged", "stuck_low", "stuck_high", "saturated", "slow", "fast", "no_clock", "tied",
    "loose",
)  # fmt: skip
PAD_FAULTS = (
    "open", "short", "unplugged", "stuck", "taken", "wrong_address", "no_end",
)  # fmt: skip
STATES = {"weighing": ("stand_still",), "set": ("set",), "rest": ("summary", "left")}
WITHIN_S = 1.0


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark and print its table."""
    print_report("faulty", report, arguments)


def report(state_dir: Path, seconds: float) -> Iterator[str]:
    """Lines of a table, as they are measured; what the trainee does decides which is next."""
    yield "| when | fault | degraded after, s | what health says |"
    yield "| --- | --- | --- | --- |"
    with RigProcess(state_dir / "empty", "--scenario", "empty") as rig:
        rig.wait_until_ok()
        for fault in _faults():
            yield _row(rig, default_run_dir(state_dir / "empty").socket, "empty", *fault)
    left = {state: list(_faults()) for state in STATES}
    end_s = time.monotonic() + seconds
    with RigProcess(state_dir / "rig") as rig:
        rig.wait_until_ok()
        while any(left.values()) and time.monotonic() < end_s:
            flow = _flow(rig)
            for state, names in STATES.items():
                if flow in names and left[state]:
                    socket = default_run_dir(state_dir / "rig").socket
                    yield _row(rig, socket, state, *left[state].pop(0))
    yield f"not measured: {sum(map(len, left.values()))}"


def _faults() -> Iterator[tuple[str, str]]:
    for channel, faults in (("right_heel", CELL_FAULTS), ("head", PAD_FAULTS)):
        for fault in faults:
            assert not wrong_fault(channel, fault, "hx711")
            yield channel, fault


def _row(rig: RigProcess, socket: Path, state: str, channel: str, fault: str) -> str:
    send(socket, "sim_fault", {"channel": channel, "fault": fault})
    started_s = time.monotonic()
    wait_for(lambda: rig.health().get("status") == "degraded")
    after_s = time.monotonic() - started_s
    said = rig.health()["sampler"]["warnings"]
    send(socket, "sim_fault", {"channel": channel, "fault": None})
    wait_for(lambda: rig.health().get("status") == "ok")
    late = "" if after_s <= WITHIN_S else " (late)"
    return f"| {state} | {channel} {fault} | {after_s:.2f}{late} | {'; '.join(said)[:70]} |"


def _flow(rig: RigProcess) -> str:
    """The flow's state as the screen has it, from the stream's first messages."""
    with urlopen(f"{rig.url}/api/v1/live?place=kiosk", timeout=5) as stream:
        for line in stream:
            text = line.decode()
            if text.startswith('data: {"type":"state"') or '"flow":' in text:
                found: str = json.loads(text.removeprefix("data: "))["flow"]
                return found
    return ""
