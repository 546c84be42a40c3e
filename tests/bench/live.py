"""`python -m tests.bench live`: how fast and how cheap the live view is, on the simulated rig.

From frame to painted: the time from a frame's tick to the end of the paint that shows it, for the
newest frame of each message, on the machine's own clock.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Response

from tests.bench.live_viewers import Readers, cpu_share, stalled_viewer
from tests.bench.watch_rig import chromium, print_report
from tests.support.rig_process import RigProcess

_SETTLE_S = 3.0

# Notes the newest frame of each message, and when the paint after it was done.
_PROBE = """
const probe = window.probe = { seen: 0, missed: 0, last: null, waiting: [], delays: [], frames: 0 };
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (name, handler, ...more) {
  if (name !== "frames") return listen.call(this, name, handler, ...more);
  return listen.call(this, name, (event) => {
    let newest = null;
    for (const line of event.data.split("\\n")) {
      if (line.startsWith("missed")) { probe.missed += Number(line.split(",")[2]); continue; }
      const [seq, t_ms] = line.split(",", 2).map(Number);
      if (probe.last !== null && seq <= probe.last) continue;
      if (probe.last !== null) probe.missed += seq - probe.last - 1;
      probe.last = seq;
      probe.seen += 1;
      newest = t_ms;
    }
    handler(event);
    if (newest !== null) probe.waiting.push(newest);
  }, ...more);
};
const painted = new MessageChannel();
painted.port1.onmessage = ({ data }) => {
  const now = performance.timeOrigin + performance.now() - window.wallLessMonotonicMs;
  for (const t_ms of data) probe.delays.push(now - t_ms);
};
const loop = () => {
  probe.frames += 1;
  if (probe.waiting.length) painted.port2.postMessage(probe.waiting.splice(0));
  requestAnimationFrame(loop);
};
requestAnimationFrame(loop);
"""


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark and print its table."""
    print_report("live", report, arguments)


def report(state_dir: Path, seconds: float) -> Iterator[str]:
    """Lines of a table, as they are measured."""
    yield "| what | figure | wanted |"
    yield "| --- | --- | --- |"
    with RigProcess(state_dir) as rig:
        rig.wait_until_ok()
        time.sleep(_SETTLE_S)
        with chromium() as browser:
            yield from _page_rows(browser, rig.url, seconds)
        yield from _viewer_rows(rig, seconds / 3)


def _page_rows(browser: Browser, url: str, seconds: float) -> Iterator[str]:
    weight, elsewhere = _weight(browser, url)
    yield _row("page weight, kB", weight / 1000, "< 100")
    yield _row("requests to elsewhere", elsewhere, "0")
    plain = _watch(browser, url, seconds, slower=1)
    yield from _delay_rows("at 1080p", plain, "<= 20", "<= 40")
    yield _row(f"frames missing in {seconds:.0f} s of {plain['seen']}", plain["missed"], "0")
    slow = _watch(browser, url, seconds / 2, slower=4)
    yield from _delay_rows("at 4x CPU throttle", slow, "", "<= 70")
    yield _row("frames missing at 4x", slow["missed"], "0")


def _delay_rows(what: str, seen: dict[str, Any], p50: str, p99: str) -> Iterator[str]:
    delays = seen["delays"]
    yield _row(f"frame to painted {what}, p50, ms", np.percentile(delays, 50), p50)
    yield _row(f"frame to painted {what}, p99, ms", np.percentile(delays, 99), p99)
    yield _row(f"pictures a second {what}", seen["frames"] / seen["seconds"], ">= 50")


def _weight(browser: Browser, url: str) -> tuple[int, int]:
    """Bytes of everything but the stream, and requests to another host."""
    page = browser.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(url)
    page.wait_for_selector("#link[data-link=live]")
    own = [one for one in responses if not one.url.startswith(f"{url}/api/v1/live")]
    weight = sum(len(one.body()) for one in own)
    elsewhere = sum(not one.url.startswith(url) for one in responses)
    page.close()
    return weight, elsewhere


def _watch(browser: Browser, url: str, seconds: float, slower: int) -> dict[str, Any]:
    """What the probe saw in so many seconds of a page at 1080p."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    offset_ms = 1000 * (time.time() - time.monotonic())
    page.add_init_script(f"window.wallLessMonotonicMs = {offset_ms};{_PROBE}")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(url)
    page.wait_for_selector("#link[data-link=live]")
    page.wait_for_timeout(1000 * _SETTLE_S)
    page.evaluate("Object.assign(probe, { seen: 0, missed: 0, delays: [], frames: 0 })")
    started_s = time.monotonic()
    page.wait_for_timeout(1000 * seconds)
    seen: dict[str, Any] = page.evaluate("probe")
    seen["seconds"] = time.monotonic() - started_s
    page.close()
    return seen


def _viewer_rows(rig: RigProcess, seconds: float) -> Iterator[str]:
    """What viewers cost, and whether anybody notices the others."""
    web = rig.children()["web"]
    with Readers(rig.url, 1) as one:
        before = cpu_share(web, seconds)
        late = rig.health()["sampler"]["late_us"]
        alone = one.take_delays_ms()
    with Readers(rig.url, 20) as many:
        time.sleep(1.0)
        with_twenty = cpu_share(web, seconds)
        late_then = rig.health()["sampler"]["late_us"]
        together = many.take_delays_ms()
    with Readers(rig.url, 19) as many, stalled_viewer(rig.port):
        time.sleep(1.0)
        with_stalled = cpu_share(web, seconds)
        beside = many.take_delays_ms()
    yield _row("core of the web process with 1 viewer", before, "")
    yield _row("core of the web process with 20 viewers", with_twenty, "< 0.15")
    yield _row("core with 19 viewers and a stalled one", with_stalled, "")
    for name, figures in (("1 viewer", late), ("20 viewers", late_then)):
        yield _row(f"sampler late with {name}, p99, us", figures.get("p99", 0), "the same")
    for name, delays in (("alone", alone), ("of 20", together), ("beside a stalled one", beside)):
        yield _row(f"frame to a viewer {name}, p99, ms", np.percentile(delays, 99), "")


def _row(what: str, figure: float, wanted: str) -> str:
    return f"| {what} | {figure:.2f} | {wanted} |"
