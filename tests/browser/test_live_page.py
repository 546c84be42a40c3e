"""The live page's numbers and picture, in a browser, on a fed rig."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import link_becomes, still, text_becomes
from tests.support.feeder import Scene
from tests.support.pads import pads

NAN = float("nan")
WEIGHT_LIMIT_BYTES = 100_000
# Not a number until the figure is drawn.
LEAN = r"""document.querySelector("#figure .trunk")
  .getAttribute("transform")?.match(/rotate\((.*)\)/)?.[1]"""


# How full the first plate is drawn, and the pixels of the trail.
FILL = "document.querySelector('.fill').style.transform"
TRAIL = "document.querySelector('.trail').toDataURL()"


def test_numbers_and_picture_move(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    for shown in ("document.querySelector('#heels').textContent", FILL, TRAIL):
        before = page.evaluate(shown)
        page.wait_for_function(f"before => {shown} !== before", arg=before)
    page.wait_for_function("() => document.querySelector('#reps').textContent > 0")


def test_balance_reps_and_phase_are_what_the_rig_says(page, web, feeder):
    still(feeder, Scene(rep_count=7, phase="eccentric", cell_n=(200, 100, 300, 100)))
    page.goto(web.url)
    text_becomes(page, "#heels", "71%")
    text_becomes(page, "#side-label", "Right")
    text_becomes(page, "#side", "+14%")
    text_becomes(page, "#reps", "7")
    text_becomes(page, "#phase", "Going down")


def test_two_pages_show_the_same(browser, page, web, feeder):
    still(feeder, Scene(rep_count=7))
    other = browser.new_page()
    for one in (page, other):
        one.goto(web.url)
    for one in (page, other):
        text_becomes(one, "#reps", "7")
    other.close()


def test_a_contact_is_told_by_word_and_shape(page, web, feeder):
    still(feeder, Scene(pad_n=pads(2.0, mid_back=NAN, tailbone=0.1)))
    page.goto(web.url)
    for pad, word, shape in (
        ("head", "Touching", "circle.touching"),
        ("mid_back", "No signal", "path.unknown"),
        ("tailbone", "Lost", "path.lost"),
    ):
        text_becomes(page, f"li[data-pad={pad}] .word", word)
        expect(page.locator(f"g[data-pad={pad}] {shape}")).to_be_visible()
        expect(page.locator(f"g[data-pad={pad}] :is(circle, path):visible")).to_have_count(1)


def test_a_pad_is_not_lost_before_the_dowel_was_taken(page, web, feeder):
    still(feeder, Scene(flow="take_dowel", pad_n=pads(head=2.0), extra={"dowel": False}))
    page.goto(web.url)
    text_becomes(page, "li[data-pad=head] .word", "Touching")
    text_becomes(page, "li[data-pad=tailbone] .word", "Not yet")


def test_a_dead_plate_is_told_and_the_rest_goes_on(page, web, feeder):
    still(feeder, Scene(cell_n=(185, NAN, 190, 160)))
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Cannot count")
    text_becomes(page, "#prompt .detail", "No signal from the left toes. Check its plug.")
    text_becomes(page, "#heels", "–")
    text_becomes(page, "li[data-pad=head] .word", "Touching")


def test_a_set_in_which_a_sensor_was_silent_is_not_praised(page, web, feeder):
    result = {"qualities": [3, 3], "work_on": None, "not_seen_s": 12}
    still(feeder, Scene("summary", extra=result))
    page.goto(web.url)
    text_becomes(page, "#work", "A sensor was silent for 12 s: not all was seen")


def test_a_dead_pad_is_told_and_the_plates_go_on(page, web, feeder):
    still(feeder, Scene(pad_n=pads(8.0, tailbone=NAN)))
    page.goto(web.url)
    text_becomes(page, "#prompt .detail", "No signal from tailbone pad.")
    text_becomes(page, "#heels", "54%")


def test_the_plates_stand_where_the_calibration_says(page, web, feeder):
    places = [[-200, -100], [-200, 100], [200, -100], [200, 100]]
    still(feeder, Scene(extra={"plates_mm": places}))
    page.goto(web.url)
    page.wait_for_function(
        "() => Math.abs(document.querySelector('#plates').clientWidth"
        " / document.querySelector('#plates').clientHeight - 2) < 0.02"
    )


@pytest.mark.parametrize(("cop_ap", "inside"), [(20, True), (40, False)])
def test_the_band_is_the_persons_own(page, web, feeder, cop_ap, inside):
    page.goto(web.url)
    band = "[-15, 15, -10, 30]"
    frame = f"{{ cop_ml_mm: 0, cop_ap_mm: {cop_ap} }}"
    judged = page.evaluate(
        f"async () => (await import('/static/js/view.js')).inBand({frame}, {band})"
    )
    assert judged is inside


def test_the_drawn_person_bends_with_the_phase(page, web, feeder):
    still(feeder, Scene(phase="bottom"))
    page.goto(web.url)
    page.wait_for_function(f"() => Number({LEAN}) > 60")
    feeder.scene = Scene(phase="standing")
    page.wait_for_function(f"() => Number({LEAN}) === 0")


def test_with_the_dowels_sensor_the_drawn_person_leans_as_the_dowel_does(page, web, feeder):
    still(feeder, Scene(phase="standing", lean_deg=41.0, extra={"target_deg": 50.0}))
    page.goto(web.url)
    page.wait_for_function(f"() => Number({LEAN}) === 41")
    text_becomes(page, "#figure .angle", "41°")
    page.wait_for_selector("#figure .target[data-reached=false]", state="attached")
    feeder.scene = Scene(phase="standing", lean_deg=53.0, extra={"target_deg": 50.0})
    page.wait_for_selector("#figure .target[data-reached=true]", state="attached")
    feeder.scene = Scene(phase="standing", extra={"target_deg": 50.0})
    page.wait_for_function(f"() => Number({LEAN}) === 0")
    text_becomes(page, "#figure .angle", "")
    page.wait_for_selector("#figure .target:not([d])", state="attached")


def test_the_result_says_how_far_the_tailbone_stayed(page, web, feeder):
    still(feeder, Scene("summary", extra={"qualities": [3, 3], "usable_deg": 61.7}))
    page.goto(web.url)
    text_becomes(page, "#usable", "62°")
    feeder.scene = Scene("summary", extra={"qualities": [3, 3], "usable_deg": None})
    page.wait_for_selector("#usable-line", state="hidden")


def test_with_reduced_motion_the_pose_changes_at_once(browser, web, feeder):
    page = browser.new_page(reduced_motion="reduce")
    still(feeder, Scene(phase="bottom"))
    page.goto(web.url)
    link_becomes(page, "live")
    poses = page.evaluate(
        f"""() => new Promise((done) => {{
          const seen = new Set(), until = performance.now() + 1500;
          const look = () => {{
            seen.add({LEAN});
            if (performance.now() < until) requestAnimationFrame(look); else done([...seen]);
          }};
          look();
        }})"""
    )
    assert set(poses) <= {"0.0", "66.0"}
    page.close()


def test_nothing_comes_from_elsewhere_nothing_complains_and_it_is_light(page, watched, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    assert watched.complaints == []
    assert all(request.url.startswith(web.url) for request in watched.requests)
    files = [r for r in watched.requests if "/live" not in r.url.removeprefix(web.url + "/static")]
    sizes = [request.response().body() for request in files]
    assert sum(map(len, sizes)) < WEIGHT_LIMIT_BYTES


def test_everything_can_be_reached_by_keyboard(page, web, feeder):
    page.goto(web.url)
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == [
        "Skip to content",
        "Hinge Rig",
        "Sound",
        "Live",
        "Coach",
        "Sessions",
    ]
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions")


def test_changes_of_state_are_announced_politely_and_numbers_are_not(page, web, feeder):
    page.goto(web.url)
    assert page.locator("[role=status]").count() == 1
    assert page.locator("[role=status] :is(#heels, #reps, #side)").count() == 0
