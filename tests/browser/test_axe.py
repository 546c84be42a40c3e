"""No page has anything that axe complains about, in any state, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.scenes import scenes

AXE = Axe()


def complaints(page):
    """What axe finds, as `rule: element`."""
    found = AXE.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.fixture(params=["light", "dark"])
def themed(request, browser):
    page = browser.new_page(color_scheme=request.param, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    yield page
    page.close()


@pytest.mark.parametrize("path", ["/", "/coach"])
def test_the_live_pages_are_clean_in_every_state(themed, web, feeder, path):
    feeder.moving = False
    themed.goto(web.url + path)
    for name, scene in scenes().items():
        feeder.scene = scene
        themed.wait_for_selector(f"main[data-flow={scene.flow}]")
        themed.wait_for_timeout(200)
        assert complaints(themed) == [], name


def test_the_sound_panel_is_clean(themed, web, feeder):
    themed.goto(web.url)
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
