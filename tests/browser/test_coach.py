"""The coach's page, on a fed rig and on a running one."""

import pytest
from playwright.sync_api import expect

from tests.support.feeder import Scene, rep_told
from tests.support.rig_process import RigProcess

FAULT = {
    "name": "pelvic_tuck", "confidence": 0.8, "onset_s": 2.0, "phase": "eccentric", "depth": 0.5,
}  # fmt: skip
REP = rep_told(
    {
        "start_s": 1.0, "bottom_start_s": 2.5, "bottom_end_s": 3.0, "end_s": 4.25,
        "heel_share_bottom": 0.62, "contact_kept_pct": [100.0, None, 52.0], "faults": [FAULT],
    },
    quality=2,
)  # fmt: skip
IN_SET = {"session_id": "s", "set_index": 1, "load_kg": 12.5, "heel_block_mm": 25.0}


@pytest.fixture
def desk(page, web, feeder):
    feeder.moving, feeder.scene = False, Scene(extra=IN_SET)
    page.set_viewport_size({"width": 1180, "height": 820})
    page.goto(f"{web.url}/coach")
    page.wait_for_selector("#link[data-link=live]")
    return page


def test_the_table_grows_with_each_repetition(desk, feeder):
    expect(desk.locator("#no-reps")).to_be_visible()
    feeder.rig.say(REP)
    row = desk.locator("#reps-table tbody tr")
    expect(row).to_have_count(1)
    cells = row.locator("td").all_inner_texts()
    assert [cell.strip() for cell in cells] == [
        "1", "with a fault", "Hinge", "1.5 / 0.5 / 1.3", "62%", "100%", "–", "52%", "Pelvic tuck",
    ]  # fmt: skip
    feeder.rig.say({**REP, "rep_id": "r2", "rep_index": 2})
    feeder.rig.say({**REP, "rep_id": "r2", "rep_index": 2})
    expect(row).to_have_count(2)
    assert row.first.locator("td").first.inner_text() == "2"


def test_another_set_begins_with_an_empty_table(desk, feeder):
    feeder.rig.say(REP)
    expect(desk.locator("#reps-table tbody tr")).to_have_count(1)
    feeder.scene = Scene(extra={**IN_SET, "set_index": 2})
    expect(desk.locator("#reps-table tbody tr")).to_have_count(0)


def test_the_controls_show_what_is_in_force(desk, feeder):
    expect(desk.locator("#load")).to_have_value("12.5")
    expect(desk.locator("#block")).to_have_value("25")
    feeder.scene = Scene(extra={**IN_SET, "load_kg": 4.0, "silent": True, "muted": True})
    expect(desk.locator("#load")).to_have_value("4")
    expect(desk.locator("#silent")).to_be_checked()
    expect(desk.locator("#mute")).to_be_checked()


def test_strips_show_the_last_seconds(page, web, feeder):
    page.goto(f"{web.url}/coach")
    page.wait_for_selector("#link[data-link=live]")
    for strip in ("#force-strip", "#heel-strip"):
        before = page.evaluate("s => document.querySelector(s).toDataURL()", strip)
        page.wait_for_function(
            "([s, old]) => document.querySelector(s).toDataURL() !== old", arg=[strip, before]
        )


def test_pain_is_a_score_of_nothing(desk, feeder):
    feeder.scene = Scene(extra={**IN_SET, "score": 0, "pain": True})
    expect(desk.locator("#score")).to_have_text("0")
    expect(desk.locator("#set-facts")).to_contain_text("Set ended: pain")


def test_a_recorder_that_does_not_answer_is_said(desk):
    desk.click("button[data-verb=start_set]")
    expect(desk.locator("#answer")).to_have_text(
        "Not done: the recorder does not answer; is it running?"
    )
    assert desk.get_attribute("#answer", "data-ok") == "false"


@pytest.mark.parametrize("size", [(1024, 768), (1180, 820), (820, 1180)])
def test_it_fits_a_tablet_from_side_to_side_with_large_targets(desk, size):
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    assert desk.evaluate("document.documentElement.scrollWidth") <= size[0]
    small = desk.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=checkbox]), .check")]
          .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
          .map((e) => e.id || e.textContent)"""
    )
    assert small == []


@pytest.mark.rig
def test_every_button_is_a_command_that_is_confirmed_or_refused(page, tmp_path):
    with RigProcess(tmp_path / "state", "--scenario", "standing") as rig:
        rig.wait_until_ok()
        page.goto(f"{rig.url}/coach")
        answer = page.locator("#answer")
        page.click("button[data-verb=stop_set]")
        expect(answer).to_contain_text("Not done: ")
        expect(page.locator("main")).to_have_attribute("data-flow", "take_dowel", timeout=30_000)
        page.fill("#load", "7.5")
        page.click("form[data-verb=set_load] button")
        expect(answer).to_have_text("Load set.")
        page.click("button[data-verb=start_set]")
        expect(answer).to_have_text("Set started.")
        expect(page.locator("#set-facts")).to_have_text("Set 1 · 7.5 kg")
        page.click("button[data-verb=tare]")
        expect(answer).to_have_text("Not done: someone stands on the platform")
        page.click("button[data-verb=mark_pain]")
        expect(answer).to_have_text("Pain marked; the set is over.")
        expect(page.locator("#score")).to_have_text("0")
        page.check("#silent")
        expect(answer).to_have_text("Drill changed.")
        page.fill("#person", "P-9999")
        page.click("form[data-verb=choose_person] button")
        expect(answer).to_have_text("Not done: there is no person 'P-9999'")
        page.click("button[data-verb=next_person]")
        expect(answer).to_have_text("Next person: a new guest.")
        expect(page.locator("#who")).to_have_text("Guest P-0002")
        page.goto(f"{rig.url}/coach?lang=de")
        page.fill("#person", "P-9999")
        page.click("form[data-verb=choose_person] button")
        expect(answer).to_have_text("Nicht ausgeführt: die Person 'P-9999' gibt es nicht")
