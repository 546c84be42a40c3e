"""No page has anything that axe complains about, in any state, light and dark."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.steps import link_becomes, open_at, show
from tests.support.scenes import scenes

AXE = Axe()
SCHEMES = ("light", "dark")


def complaints(page):
    """What axe finds, as `rule: element`."""
    found = AXE.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.fixture(params=SCHEMES)
def themed(request, new_page):
    with new_page(color_scheme=request.param, reduced_motion="reduce") as page:
        yield page


@pytest.fixture(scope="module")
def open_page(new_page):
    """One page for all states and both schemes."""
    with new_page(reduced_motion="reduce") as page:
        yield page


@pytest.fixture(scope="module", params=product(["/", "/coach"], scenes()), ids="-".join)
def shown(request, open_page, web, fed):
    """A live page with a state of the flow on it."""
    path, scene = request.param
    open_at(open_page, web.url + path)
    show(open_page, fed, scenes()[scene])
    return open_page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_live_pages_are_clean_in_every_state(shown, scheme):
    shown.emulate_media(color_scheme=scheme)
    assert complaints(shown) == []


def test_the_sound_panel_is_clean(themed, web, feeder):
    themed.goto(web.url)
    link_becomes(themed, "live")  # its words move the button
    themed.click("#sound-button")
    themed.click("#sound-panel summary")
    assert complaints(themed) == []


def test_the_live_page_is_clean_without_a_rig(themed, web, feeder):
    feeder.sampling = False
    themed.goto(web.url)
    themed.wait_for_selector("#link[data-link=disconnected]")
    assert complaints(themed) == []


def test_the_history_is_clean(themed, web, session_id):
    for path in ("/sessions", f"/sessions/{session_id}", "/nowhere"):
        themed.goto(web.url + path)
        assert complaints(themed) == [], path
