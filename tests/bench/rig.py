"""`python -m tests.bench rig`: start-up, the live stream and memory of the whole simulated rig."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

from tests.bench.watch_rig import chromium, print_report
from tests.support.rig_process import RigProcess, wait_for
from tests.support.sse import decode


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark and print its table."""
    print_report("rig", report, arguments)


def report(state_dir: Path, seconds: float) -> Iterator[str]:
    """Lines of a table, as they are measured."""
    yield "| what | figure |"
    yield "| --- | --- |"
    with chromium() as browser:
        page = browser.new_page()
        started_s = time.monotonic()
        with RigProcess(state_dir) as rig:
            wait_for(rig.health)
            page.goto(rig.url)
            page.wait_for_selector("main[data-link=live]")
            yield _row("start to first live frame in the browser, s", time.monotonic() - started_s)
            yield from _stream_rows(rig, seconds)
            yield from _process_rows(rig)


def _row(what: str, figure: float) -> str:
    return f"| {what} | {figure:.2f} |"


def _stream_rows(rig: RigProcess, seconds: float) -> Iterator[str]:
    frames, missing, took_s = _watch(rig.url, seconds)
    yield _row(f"frames per second on the live stream, over {took_s:.0f} s", frames / took_s)
    yield _row("frames missing in it", missing)


def _process_rows(rig: RigProcess) -> Iterator[str]:
    pss_mb = {name: _pss_mb(child.pid) for name, child in rig.children().items()}
    for name, figure in pss_mb.items():
        yield _row(f"memory (PSS) of {name}, MB", figure)
    yield _row("memory (PSS) of all three, simulated chips included, MB", sum(pss_mb.values()))
    counters = rig.health()["sampler"]["counters"]
    yield _row("recoveries of chips", sum(one["recoveries"] for one in counters.values()))


def _watch(url: str, seconds: float) -> tuple[int, int, float]:
    """Frames seen, frames missing, and the time from the first to the last."""
    frames = missing = 0
    last_seq: int | None = None
    first_s = now_s = time.monotonic()
    with urlopen(f"{url}/api/v1/live") as stream:
        name = ""
        for line in stream:
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: ") and name == "frames" and not text.startswith("data: m"):
                seq = int(decode(text.removeprefix("data: "))["seq"] or 0)
                now_s = time.monotonic()
                if last_seq is None or now_s - first_s < 1.0:
                    first_s, frames = (first_s if last_seq else now_s), 0  # past the history
                else:
                    missing += seq - last_seq - 1
                    frames += 1
                last_seq = seq
                if now_s - first_s > seconds + 1.0:
                    return frames, missing, now_s - first_s - 1.0
    return frames, missing, now_s - first_s


def _pss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return float("nan")
