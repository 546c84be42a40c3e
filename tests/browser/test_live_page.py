"""The live page, in a browser, on a fed rig."""

import time

import pytest

from rig.drills import HINGE
from rig.names import FAULTS
from rig.recorder.turns import FLOWS
from tests.support.feeder import Scene
from tests.support.scenes import scenes
from tests.support.web_process import WebProcess, free_port

NAN = float("nan")
WEIGHT_LIMIT_BYTES = 100_000


def text_becomes(page, selector, text):
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector).textContent === text",
        arg=[selector, text],
    )


def link_becomes(page, state):
    page.wait_for_selector(f"#link[data-link={state}]")


def picture(page):
    """How full the first plate is drawn, and the pixels of the trail."""
    return page.evaluate(
        "[document.querySelector('.fill').style.transform,"
        " document.querySelector('.trail').toDataURL()]"
    )


def still(feeder, scene):
    feeder.moving, feeder.scene = False, scene


def test_numbers_and_picture_move(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    heels, (fill, trail) = page.inner_text("#heels"), picture(page)
    page.wait_for_function("old => document.querySelector('#heels').textContent !== old", arg=heels)
    page.wait_for_function("() => document.querySelector('#reps').textContent > 0")
    fill_later, trail_later = picture(page)
    assert fill_later != fill
    assert trail_later != trail


def test_balance_reps_and_phase_are_what_the_rig_says(page, web, feeder):
    still(feeder, Scene(rep_count=7, phase="eccentric", cell_n=(200, 100, 300, 100)))
    page.goto(web.url)
    text_becomes(page, "#heels", "71%")
    text_becomes(page, "#side-label", "Right")
    text_becomes(page, "#side", "+14%")
    text_becomes(page, "#reps", "7")
    text_becomes(page, "#phase", "Going down")


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
    assert page.is_visible(shows)
    assert page.get_attribute("#picture", "href") == f"#p-{feeder.scene.flow}"


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
    assert marks.count() == 30
    assert marks.nth(2).inner_text() == "with a fault"
    assert page.inner_text("#done") == "28"


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
    assert page.get_attribute("#picture", "href") == "#p-tailbone_lost"
    feeder.scene = Scene()
    text_becomes(page, "#prompt .sentence", "Hinge")


def test_every_cue_and_state_has_a_text_and_a_picture(page, web, feeder):
    page.goto(web.url)
    for name in [*(rule.name for rule in HINGE.cues), *FLOWS]:
        assert page.locator(f"#p-{name}").count() == 1, name
    texts = page.evaluate("async () => (await import('/static/js/messages.js')).tables.en")
    assert set(texts["cue"]) == {rule.name for rule in HINGE.cues}
    assert set(texts["flow"]) == set(FLOWS)
    assert set(texts["advice"]) >= set(FAULTS)


def test_german_says_everything_that_english_says(page, web, feeder):
    page.goto(f"{web.url}/?lang=de")
    missing = page.evaluate(
        """async () => {
          const { tables } = await import("/static/js/messages.js");
          const paths = (level, at = "") => Object.entries(level).flatMap(([key, value]) =>
            typeof value === "string" ? [`${at}${key}`] : paths(value, `${at}${key}.`));
          const german = new Set(paths(tables.de));
          return paths(tables.en).filter((path) => !german.delete(path)).concat([...german]);
        }"""
    )
    assert missing == []


def test_another_language_has_its_words_and_its_numbers(browser, web, feeder):
    page = browser.new_page(locale="de-DE")
    still(feeder, Scene(cell_n=(200, 100, 300, 100)))
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Hüfte beugen")
    text_becomes(page, "#heels", "71\u00a0%")
    assert page.get_attribute("html", "lang") == "de"
    page.close()


def test_a_contact_is_told_by_word_and_shape(page, web, feeder):
    still(feeder, Scene(pad_n=(2.0, NAN, 0.1)))
    page.goto(web.url)
    for pad, word, shape in (
        ("head", "Touching", "circle.touching"),
        ("mid_back", "No signal", "path.unknown"),
        ("tailbone", "Lost", "path.lost"),
    ):
        text_becomes(page, f"li[data-pad={pad}] .word", word)
        assert page.is_visible(f"g[data-pad={pad}] {shape}")
        assert page.locator(f"g[data-pad={pad}] :is(circle, path):visible").count() == 1


def test_a_pad_is_not_lost_before_the_dowel_was_taken(page, web, feeder):
    still(feeder, Scene(flow="take_dowel", pad_n=(2.0, 0.0, 0.0), extra={"dowel": False}))
    page.goto(web.url)
    text_becomes(page, "li[data-pad=head] .word", "Touching")
    text_becomes(page, "li[data-pad=tailbone] .word", "Not yet")


def test_a_dead_plate_is_told_and_the_rest_goes_on(page, web, feeder):
    still(feeder, Scene(cell_n=(185, NAN, 190, 160)))
    page.goto(web.url)
    text_becomes(page, "#prompt .detail", "No signal from left toes.")
    text_becomes(page, "#heels", "–")
    text_becomes(page, "li[data-pad=head] .word", "Touching")


def test_a_dead_pad_is_told_and_the_plates_go_on(page, web, feeder):
    still(feeder, Scene(pad_n=(2.0, 8.0, NAN)))
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
    lean = "document.querySelector('#figure .trunk').getAttribute('transform').match(/rotate\\((.*)\\)/)[1]"  # noqa: E501
    still(feeder, Scene(phase="bottom"))
    page.goto(web.url)
    page.wait_for_function(f"() => Number({lean}) > 60")
    feeder.scene = Scene(phase="standing")
    page.wait_for_function(f"() => Number({lean}) === 0")


def test_with_reduced_motion_the_pose_changes_at_once(browser, web, feeder):
    page = browser.new_page(reduced_motion="reduce")
    still(feeder, Scene(phase="bottom"))
    page.goto(web.url)
    link_becomes(page, "live")
    poses = page.evaluate(
        r"""() => new Promise((done) => {
          const seen = new Set(), trunk = document.querySelector("#figure .trunk");
          const until = performance.now() + 1500;
          const look = () => {
            seen.add(trunk.getAttribute("transform").match(/rotate\((.*)\)/)[1]);
            if (performance.now() < until) requestAnimationFrame(look); else done([...seen]);
          };
          look();
        })"""
    )
    assert set(poses) <= {"0.0", "66.0"}
    page.close()


def test_a_silent_sampler_is_stale_then_disconnected_then_live_again(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.sampling = False
    link_becomes(page, "disconnected")
    text_becomes(page, "#prompt .sentence", "No signal")
    assert page.evaluate("links.slice(-2)") == ["stale", "disconnected"]
    assert page.inner_text("#heels") == "–"
    assert page.locator(".view").first.evaluate("el => getComputedStyle(el).filter") != "none"
    feeder.sampling = True
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


def test_a_page_for_which_there_is_no_place_says_so_until_there_is_one(
    browser, page, feeder, rig_path, monkeypatch
):
    monkeypatch.setenv("HINGE_RIG_WEB_MAX_VIEWERS", "2")
    with WebProcess(rig_path / "state", rig_path / "run", free_port()) as web:
        web.wait_until_up()
        other = browser.new_page()
        other.goto(web.url)
        link_becomes(other, "live")
        page.goto(web.url)
        text_becomes(
            page, "#prompt .detail", "All places for live views are taken. Close one of them."
        )
        other.close()
        link_becomes(page, "live")


def test_the_kiosk_has_a_place_of_its_own(browser, page, feeder, rig_path, monkeypatch):
    monkeypatch.setenv("HINGE_RIG_WEB_MAX_VIEWERS", "2")
    with WebProcess(rig_path / "state", rig_path / "run", free_port()) as web:
        web.wait_until_up()
        other = browser.new_page()
        other.goto(web.url)
        link_becomes(other, "live")
        page.goto(f"{web.url}/?kiosk")
        link_becomes(page, "live")
        assert other.get_attribute("#link", "data-link") == "live"
        other.close()


def test_two_pages_show_the_same(browser, page, web, feeder):
    still(feeder, Scene(rep_count=7))
    other = browser.new_page()
    for one in (page, other):
        one.goto(web.url)
    for one in (page, other):
        text_becomes(one, "#reps", "7")
    other.close()


def test_a_recorder_that_is_down_is_said_and_the_picture_goes_on(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.recording = False
    text_becomes(page, "#prompt .sentence", "Not recording")
    assert page.inner_text("#reps") == "–"
    assert page.inner_text("#heels").endswith("%")
    feeder.recording = True
    text_becomes(page, "#prompt .sentence", "Hinge")


def test_a_hidden_page_gives_its_place_back_and_returns_when_seen(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    viewers = "() => fetch('/api/v1/health').then(r => r.json()).then(h => h.web.viewers === {})"
    hide = "seen => { Object.defineProperty(document, 'hidden', { value: !seen, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"  # noqa: E501
    page.evaluate(hide, False)
    page.wait_for_function(viewers.format(0))
    page.evaluate(hide, True)
    page.wait_for_function(viewers.format(1))


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
