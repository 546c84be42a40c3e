"""The live page, in a browser, on a fed rig."""

from tests.support.feeder import Scene
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


def picture(page, layer):
    """The pixels of one canvas layer."""
    return page.evaluate("at => document.querySelectorAll('canvas')[at].toDataURL()", layer)


def still(feeder, scene):
    feeder.moving, feeder.scene = False, scene


def test_numbers_and_picture_move(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    force, (fill, trail) = page.inner_text("#force"), (picture(page, 0), picture(page, 2))
    page.wait_for_function("old => document.querySelector('#force').textContent !== old", arg=force)
    page.wait_for_function("() => document.querySelector('#reps').textContent > 0")
    assert (picture(page, 0), picture(page, 2)) != (fill, trail)


def test_shares_force_reps_and_phase_are_what_the_rig_says(page, web, feeder):
    still(feeder, Scene(rep_count=7, phase="eccentric", cell_n=(200, 100, 300, 100)))
    page.goto(web.url)
    text_becomes(page, "#force", "700 N")
    text_becomes(page, "#reps", "7")
    text_becomes(page, "#phase", "Going down")
    for cell, share in (("left_heel", "29%"), ("left_toe", "14%"), ("right_heel", "43%")):
        text_becomes(page, f"[data-cell={cell}] .share", share)


def test_each_state_of_the_flow_is_one_plain_sentence(page, web, feeder):
    page.goto(web.url)
    for flow, sentence in (
        ("empty", "Step on"),
        ("stand_still", "Stand still"),
        ("take_dowel", "Take the dowel"),
        ("set", "Hinge when ready"),
        ("rest", "Rest, or step off"),
    ):
        still(feeder, Scene(flow=flow))
        text_becomes(page, "#prompt .sentence", sentence)


def test_why_a_weighing_failed_is_said(page, web, feeder):
    still(feeder, Scene(flow="stand_still", extra={"weighing_failed": "too much movement"}))
    page.goto(web.url)
    text_becomes(page, "#prompt .detail", "Not weighed yet: too much movement.")


def test_a_cue_takes_the_sentence_and_gives_it_back(page, web, feeder):
    still(feeder, Scene())
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Hinge when ready")
    feeder.rig.say({"type": "cue", "name": "tailbone_lost", "values": {"pad": "tailbone"}})
    text_becomes(page, "#prompt .sentence", "Tailbone to the dowel")
    text_becomes(page, "#prompt .sentence", "Hinge when ready")


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
    text_becomes(page, "li[data-pad=tailbone] .word", "Off")


def test_a_dead_plate_is_told_and_the_rest_goes_on(page, web, feeder):
    still(feeder, Scene(cell_n=(185, NAN, 190, 160)))
    page.goto(web.url)
    text_becomes(page, "[data-cell=left_toe] .share", "No signal")
    text_becomes(page, "[data-cell=left_heel] .share", "185 N")
    text_becomes(page, "#prompt .detail", "No signal from left toes.")
    text_becomes(page, "#force", "–")


def test_a_silent_sampler_is_stale_then_disconnected_then_live_again(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.sampling = False
    link_becomes(page, "disconnected")
    text_becomes(page, "#prompt .sentence", "Disconnected")
    assert page.evaluate("links.slice(-2)") == ["stale", "disconnected"]
    assert page.inner_text("#force") == "–"
    assert page.locator(".picture").first.evaluate("el => getComputedStyle(el).filter") != "none"
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
    monkeypatch.setenv("HINGE_RIG_WEB_MAX_VIEWERS", "1")
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


def test_a_recorder_that_is_down_is_said_and_the_picture_goes_on(page, web, feeder):
    page.goto(web.url)
    link_becomes(page, "live")
    feeder.recording = False
    text_becomes(page, "#prompt .sentence", "Not recording")
    assert page.inner_text("#reps") == "–"
    assert page.inner_text("#force").endswith(" N")
    feeder.recording = True
    text_becomes(page, "#prompt .sentence", "Hinge when ready")


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
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached == ["Skip to content", "Hinge Rig", "Live", "Sessions"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions")


def test_changes_of_state_are_announced_politely_and_numbers_are_not(page, web, feeder):
    page.goto(web.url)
    assert page.locator("[role=status]").count() == 1
    assert page.locator("[role=status] :is(#force, #reps, .share)").count() == 0
