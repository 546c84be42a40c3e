"""Nothing scrolls, nothing is clipped, at every size and in every state."""

import pytest

from tests.support.feeder import Scene

NAN = float("nan")
SIZES = {"kiosk": (800, 480), "720p": (1280, 720), "1080p": (1920, 1080), "portrait": (1080, 1920)}
# Every scene has the longest texts of its kind.
SCENES = {
    "empty": Scene(flow="empty", cell_n=(0, 0, 0, 0), pad_n=(0, 0, 0), extra={"dowel": False}),
    "weighing": Scene(flow="stand_still", extra={"weighing_failed": "the platform was moving"}),
    "dowel": Scene(flow="take_dowel", pad_n=(0, 0, 0), extra={"dowel": False}),
    "set": Scene(rep_count=188, phase="concentric", cell_n=(1210, 1190, 1230, 1180)),
    "rest": Scene(flow="rest", rep_count=28),
    "sensors": Scene(cell_n=(NAN, NAN, NAN, NAN), pad_n=(NAN, NAN, NAN)),
}
CLIPPED = """() => {
  const wrong = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest(".visually-hidden, .skip, svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    const box = (element.closest("section") ?? document.body).getBoundingClientRect();
    const out = text.left < box.left - 1 || text.right > box.right + 1
      || text.top < box.top - 1 || text.bottom > box.bottom + 1
      || text.right > innerWidth + 1 || text.bottom > innerHeight + 1;
    if (out) wrong.push(node.data.trim());
  }
  return wrong;
}"""
SCROLLS = """() => [...document.querySelectorAll("html, body, main, section")].filter(
  (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1
).map((e) => e.className || e.tagName)"""


def sentences(page):
    """Every sentence and cue of the catalogue."""
    return page.evaluate(
        """async () => {
          const { table } = await import("/static/js/messages.js");
          return [...Object.values(table.flow), ...Object.values(table.cue), table.noRecorder];
        }"""
    )


@pytest.fixture
def live_page(page, web, feeder):
    feeder.moving = False
    page.goto(web.url)
    page.wait_for_selector("#link[data-link=live]")
    return page


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_live_page_fits_in_every_state(live_page, feeder, size):
    live_page.set_viewport_size({"width": size[0], "height": size[1]})
    for name, scene in SCENES.items():
        feeder.scene = scene
        flow = f"flow.{scene.flow}"
        live_page.wait_for_function(
            """async (path) => {
              const { text } = await import("/static/js/messages.js");
              return document.querySelector(".sentence").textContent === text(path);
            }""",
            arg=flow,
        )
        live_page.wait_for_timeout(100)
        assert live_page.evaluate(SCROLLS) == [], name
        assert live_page.evaluate(CLIPPED) == [], name


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_sentence_fits(live_page, size):
    live_page.set_viewport_size({"width": size[0], "height": size[1]})
    for sentence in sentences(live_page):
        fits = live_page.evaluate(
            f"""(sentence) => {{
              document.querySelector(".sentence").textContent = sentence;
              return ({SCROLLS})().length + ({CLIPPED})().length === 0;
            }}""",
            sentence,
        )
        assert fits, sentence


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(browser, web, feeder, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto(web.url)
    ratios = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const channels = (name) => style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi)
            .map((hex) => parseInt(hex, 16) / 255)
            .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
          const light = (name) => channels(name).reduce((s, c, i) => s + c * [.2126, .7152, .0722][i], 0);
          const ratio = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);
          return {
            ink: ratio("--ink", "--surface"), load: ratio("--ink", "--load"), cue: ratio("--ink", "--orange-soft"),
            soft: ratio("--soft", "--surface"), softGround: ratio("--soft", "--ground"),
            blue: ratio("--blue", "--surface"), orange: ratio("--orange", "--surface"),
          };
        }"""  # noqa: E501
    )
    page.close()
    assert min(ratios.values()) >= 4.5, ratios


@pytest.mark.parametrize("width", [420, 800, 1280])
def test_the_history_scrolls_only_downwards(page, web, session_id, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/sessions", f"/sessions/{session_id}", "/nowhere"):
        page.goto(web.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        small = page.evaluate(
            """[...document.querySelectorAll("a:not(.skip)")]
              .filter((a) => a.getBoundingClientRect().height < 44).map((a) => a.textContent)"""
        )
        assert small == [], path


def test_a_sessions_reps_can_be_downloaded(page, web, session_id):
    page.goto(f"{web.url}/sessions/{session_id}")
    with page.expect_download() as download:
        page.click("text=Repetitions (CSV)")
    assert download.value.suggested_filename.endswith("-reps.csv")
    assert download.value.path().read_bytes().count(b"\r\n") == 31
