"""A real browser, the real web process, and a fed rig behind it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from rig.handover.run_dir import RunDir
from tests.support.feeder import Feeder, Scene
from tests.support.records import store_sessions
from tests.support.web_process import WebProcess, free_port

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=30_000)  # as long as a page waits for anything else
# Notes which link states the page went through, however short, and the scene it was told last.
_NOTES = """
window.links = [];
document.addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("#link");
  if (!link) return;
  new MutationObserver(() => window.links.push(link.dataset.link))
    .observe(link, { attributes: true, attributeFilter: ["data-link"] });
});
window.EventSource = class extends EventSource {
  constructor(...options) {
    super(...options);
    this.addEventListener("state", (told) => { window.scene = JSON.parse(told.data).person_id; });
  }
};
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "no chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def rig_path(tmp_path_factory) -> Path:
    """Holds the state directory `state` and the run directory `run`."""
    return tmp_path_factory.mktemp("rig")


@pytest.fixture(scope="session")
def fed(rig_path) -> Iterator[Feeder]:
    with Feeder(RunDir(rig_path / "run")) as feeder:
        yield feeder


@pytest.fixture
def feeder(fed) -> Feeder:
    """Feeds someone who hinges all the time, until a test says otherwise."""
    fed.scene = Scene()
    fed.moving = fed.sampling = fed.recording = True
    fed.behind_s = 0.0
    return fed


@pytest.fixture(scope="session")
def web(rig_path, fed) -> Iterator[WebProcess]:
    with WebProcess(rig_path / "state", rig_path / "run", free_port()) as web:
        web.wait_until_up()
        yield web


@pytest.fixture(scope="session")
def session_id(rig_path) -> str:
    """A recorded session of 30 reps."""
    return store_sessions(rig_path / "state", sessions=1, reps=30)[0]


@pytest.fixture(scope="session")
def new_page(browser) -> Callable[..., AbstractContextManager[Page]]:
    """Opens a page, with Playwright's options for one; a context that closes it."""

    @contextmanager
    def open_page(**options: Any) -> Iterator[Page]:
        page = browser.new_page(viewport={"width": 1280, "height": 720}, **options)
        page.set_default_timeout(30_000)
        page.add_init_script(_NOTES)
        yield page
        page.close()

    return open_page


@pytest.fixture(scope="session")
def script(new_page, web) -> Iterator[Callable[[str, str], Any]]:
    """Evaluates an expression in which `m` is one of the pages' modules, without a rig."""
    with new_page() as page:
        page.goto(f"{web.url}/sessions")
        yield lambda module, expression: page.evaluate(
            f"async () => {{ const m = await import('/static/js/{module}');"
            f" return m.{expression}; }}"
        )


@pytest.fixture
def page(new_page) -> Iterator[Page]:
    with new_page() as page:
        yield page


@dataclass
class Watched:
    """What a page did besides showing something."""

    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@pytest.fixture
def watched(page) -> Watched:
    """Console messages, errors and requests of `page`."""
    watched = Watched()
    page.on("console", lambda message: watched.complaints.append(message.text))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("request", lambda request: watched.requests.append(request))
    return watched
