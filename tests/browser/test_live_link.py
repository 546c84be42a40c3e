"""The live page's link to the rig: silent, away, full, hidden, and back again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import link_becomes, text_becomes
from tests.support.web_process import WebProcess, free_port


def test_a_sampler_that_lags_is_stale_a_silent_one_disconnected_until_it_is_back(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.behind_s = 0.6
    link_becomes(page, "stale")
    feeder.sampling = False
    link_becomes(page, "disconnected")
    text_becomes(page, "#prompt .sentence", "No signal")
    expect(page.locator("#heels")).to_have_text("–")
    assert page.locator(".view").first.evaluate("el => getComputedStyle(el).filter") != "none"
    feeder.behind_s, feeder.sampling = 0.0, True
    link_becomes(page, "live")


def test_old_frames_do_not_look_live_to_a_page_that_opens_later(page, web, feeder):
    feeder.sampling = False
    page.goto(f"{web.url}/sessions")
    page.wait_for_function(
        "() => fetch('/api/v1/health').then(r => r.json()).then(h => h.sampler.frame_age_ms > 1000)"
    )
    page.goto(web.url)
    link_becomes(page, "disconnected")
    assert "live" not in page.evaluate("links")


def test_a_page_comes_back_by_itself_after_the_server_was_away(page, feeder, rig_path):
    port = free_port()
    with WebProcess(rig_path / "state", rig_path / "run", port) as web:
        web.wait_until_up()
        page.goto(web.url)
        link_becomes(page, "live")
    link_becomes(page, "disconnected")
    text_becomes(page, "#prompt .detail", "The rig’s page server does not answer. Trying again.")
    with WebProcess(rig_path / "state", rig_path / "run", port):
        link_becomes(page, "live")


@pytest.fixture
def crowded(browser, feeder, rig_path, monkeypatch):
    """A server with places for the kiosk and one other, which is taken: its address, who has it."""
    monkeypatch.setenv("HINGE_RIG_WEB_MAX_VIEWERS", "2")
    with WebProcess(rig_path / "state", rig_path / "run", free_port()) as web:
        web.wait_until_up()
        other = browser.new_page()
        other.goto(web.url)
        link_becomes(other, "live")
        yield web.url, other
        other.close()


def test_a_page_for_which_there_is_no_place_says_so_until_there_is_one(page, crowded):
    url, other = crowded
    page.goto(url)
    text_becomes(page, "#prompt .detail", "All places for live views are taken. Close one of them.")
    other.close()
    link_becomes(page, "live")


def test_the_kiosk_has_a_place_of_its_own(page, crowded):
    url, other = crowded
    page.goto(f"{url}/?kiosk")
    link_becomes(page, "live")
    link_becomes(other, "live")


def test_a_recorder_that_is_down_is_said_and_the_picture_goes_on(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.recording = False
    text_becomes(page, "#prompt .sentence", "Not recording")
    expect(page.locator("#reps")).to_have_text("–")
    expect(page.locator("#heels")).to_have_text(re.compile("%$"))
    feeder.recording = True
    text_becomes(page, "#prompt .sentence", "Hinge")


def test_a_hidden_page_gives_its_place_back_and_returns_when_seen(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    viewers = "() => fetch('/api/v1/health').then(r => r.json()).then(h => h.web.viewers === {})"
    see = """(seen) => {
      Object.defineProperty(document, "hidden", { value: !seen, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(see, False)
    page.wait_for_function(viewers.format(0))
    page.evaluate(see, True)
    page.wait_for_function(viewers.format(1))


def test_of_two_kiosks_the_newest_stays_and_the_other_waits_for_a_touch(new_page, web, feeder):
    with new_page() as first, new_page() as second:
        first.goto(f"{web.url}/?kiosk")
        link_becomes(first, "live")
        second.goto(f"{web.url}/?kiosk")
        link_becomes(second, "live")
        link_becomes(first, "disconnected")
        text_becomes(
            first, "#prompt .detail", "Another screen shows this now. Touch to show it here."
        )
        first.wait_for_timeout(1500)  # it does not come back by itself
        link_becomes(second, "live")
        first.click("#prompt")
        link_becomes(first, "live")
        link_becomes(second, "disconnected")
