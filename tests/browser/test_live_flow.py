"""What the live page tells the person, in every state of the flow."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.steps import still, text_becomes
from tests.support.feeder import Scene
from tests.support.scenes import scenes


@pytest.mark.parametrize(
    ("scene", "sentence", "shows"),
    [
        ("empty", "Step on", "#steps"),
        ("step_on", "Both feet on", "#steps"),
        ("stand_still", "Stand still", "#ring"),
        ("weighed", "Weighed", "#steps"),
        ("take_dowel", "Take the dowel", "#steps"),
        ("count_in", "Get ready", "#reps"),
        ("set", "Hinge", "#reps"),
        ("rest", "Rest", "#strip"),
        ("left", "Step back on", "#ring"),
        ("summary", "Well done", "#strip"),
    ],
)
def test_each_state_of_the_flow_is_one_plain_sentence(page, web, feeder, scene, sentence, shows):
    still(feeder, scenes()[scene])
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", sentence)
    expect(page.locator(shows)).to_be_visible()
    expect(page.locator("#picture")).to_have_attribute("href", f"#p-{feeder.scene.flow}")


def test_why_a_weighing_failed_is_said(page, web, feeder):
    failed = {"weighing_failed": "one_foot_off", "body_weight_n": None}
    still(feeder, Scene(flow="stand_still", extra=failed))
    page.goto(web.url)
    text_becomes(page, "#prompt .detail", "Not weighed yet: one foot is off the plates.")


def test_the_ring_fills_while_standing_still_and_empties_when_moving(page, web, feeder):
    now = time.monotonic()
    timed = {"flow_since_s": now - 5, "flow_until_s": now + 5}
    still(feeder, Scene(flow="stand_still", extra=timed))
    page.goto(web.url)
    share = "() => parseFloat(document.querySelector('#ring').getAttribute('stroke-dasharray'))"
    page.wait_for_function(f"{share} > 50")
    feeder.scene = Scene(flow="stand_still", extra={"flow_since_s": None})
    page.wait_for_selector("#ring[data-on=false]", state="attached")


def test_the_count_in_counts_down(page, web, feeder):
    now = time.monotonic()
    still(feeder, Scene(flow="count_in", extra={"flow_since_s": now, "flow_until_s": now + 6}))
    page.goto(web.url)
    text_becomes(page, "#reps", "4")
    text_becomes(page, "#reps", "3")
    text_becomes(page, "#count-label", "Starting in")


def test_the_result_is_told_in_words_and_marks(page, web, feeder):
    still(feeder, scenes()["rest"])
    page.goto(web.url)
    text_becomes(page, "#work", "Start at the hips, soften the knees")
    text_becomes(page, "#streak", "4 in a row")
    marks = page.locator("#strip li")
    expect(marks).to_have_count(30)
    expect(marks.nth(2)).to_have_text("with a fault")
    expect(page.locator("#done")).to_have_text("28")


def test_pain_ends_the_set_and_is_said(page, web, feeder):
    still(feeder, scenes()["pain"])
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Set ended: pain")


def test_a_cue_takes_the_sentence_and_gives_it_back(page, web, feeder):
    still(feeder, Scene())
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Hinge")
    feeder.scene = Scene(extra={"cue": "tailbone_lost"})
    text_becomes(page, "#prompt .sentence", "Tailbone to the dowel")
    expect(page.locator("#picture")).to_have_attribute("href", "#p-tailbone_lost")
    feeder.scene = Scene()
    text_becomes(page, "#prompt .sentence", "Hinge")
