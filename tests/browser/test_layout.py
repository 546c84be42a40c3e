"""Nothing scrolls, nothing is clipped, and it can be read, at every size and in every state."""

from itertools import chain, product

import pytest

from tests.browser.steps import link_becomes, open_at, show
from tests.support.scenes import scenes
from webui.texts import TABLES

SIZES = {"kiosk": (800, 480), "720p": (1280, 720), "1080p": (1920, 1080), "portrait": (1080, 1920)}
CLIPPED = """() => {
  const wrong = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })
      || element.closest(".visually-hidden, .skip, svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    const box = (element.closest("section") ?? document.body).getBoundingClientRect();
    const out = text.left < box.left - 1 || text.right > box.right + 1
      || text.top < box.top - 1 || text.bottom > box.bottom + 1
      || text.left < 0 || text.right > innerWidth + 1 || text.bottom > innerHeight + 1;
    if (out) wrong.push(node.data.trim());
  }
  return wrong;
}"""
SCROLLS = """() => [...document.querySelectorAll("html, body, main, section")].filter(
  (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1
).map((e) => e.className || e.tagName)"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("main > section")].filter((e) => e.checkVisibility())
    .map((e) => [e.className, e.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], at) => boxes.slice(at + 1).filter(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
  ).map(([other]) => `${name} / ${other}`));
}"""


PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def live_page(page, web, feeder):
    feeder.moving = False
    page.goto(web.url)
    link_becomes(page, "live")
    return page


@pytest.fixture(scope="module")
def open_page(new_page):
    """One page for all states, sizes and languages."""
    with new_page() as page:
        yield page


def resize(page, size):
    """Give the page this size and wait until it is painted anew."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=size)
    page.evaluate(PAINTED)


@pytest.fixture(scope="module", params=product(["en", "de"], scenes()), ids="-".join)
def shown(request, open_page, web, fed):
    """The live page in a language, with a state of the flow on it."""
    language, scene = request.param
    open_at(open_page, f"{web.url}/?lang={language}")
    show(open_page, fed, scenes()[scene])
    return open_page


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_live_page_fits_in_every_state(shown, size):
    resize(shown, size)
    assert shown.evaluate(SCROLLS) == []
    assert shown.evaluate(CLIPPED) == []
    assert shown.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("scene", ["empty", "set", "cue", "rest", "summary"])
def test_the_live_page_fits_a_phone(live_page, feeder, scene):
    resize(live_page, (390, 844))
    show(live_page, feeder, scenes()[scene])
    assert live_page.evaluate(SCROLLS) == []
    assert live_page.evaluate(CLIPPED) == []


def test_there_are_at_most_three_numbers(shown):
    visible = shown.evaluate(
        """() => [...document.querySelectorAll("main strong, main p")]
          .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.children.length)
          .flatMap((e) => e.textContent.match(/\\d+/g) ?? [])"""
    )
    assert len(visible) <= 3, visible


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_sentence_fits(live_page, web, size, language):
    live_page.set_viewport_size({"width": size[0], "height": size[1]})
    said = TABLES[language]
    groups = [said[name].values() for name in ("flow", "cue", "link")]
    for sentence in [*chain.from_iterable(groups), said["noRecorder"], said["pain"]]:
        fits = live_page.evaluate(
            f"""(sentence) => {{
              document.querySelector(".sentence").textContent = sentence;
              return ({SCROLLS})().length + ({CLIPPED})().length === 0;
            }}""",
            sentence,
        )
        assert fits, sentence


@pytest.mark.parametrize("size", list(SIZES.values())[:3], ids=list(SIZES)[:3])
def test_the_key_number_and_the_sentence_are_large(live_page, feeder, size):
    """At 3 m: the number a fifth of the screen's height, the sentence a tenth, no word tiny."""
    live_page.set_viewport_size({"width": size[0], "height": size[1]})
    show(live_page, feeder, scenes()["cue"])
    height = "e => parseFloat(getComputedStyle(e).fontSize) / innerHeight"
    assert live_page.locator("#reps").evaluate(height) >= 0.2
    assert live_page.locator(".sentence").evaluate(height) >= 0.09
    for words in (
        ".detail",
        ".contacts .pad",
        ".contacts .word",
        ".balance > span",
        "#count-label",
    ):
        assert live_page.locator(words).first.evaluate(height) >= 0.0375, words


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
          const light = (name) => channels(name)
            .reduce((s, c, i) => s + c * [.2126, .7152, .0722][i], 0);
          const ratio = (...names) => {
            const [darker, lighter] = names.map(light).sort((a, b) => a - b);
            return (lighter + .05) / (darker + .05);
          };
          return {
            words: {
              ink: ratio("--ink", "--ground"), cue: ratio("--on-cue", "--cue"),
              soft: ratio("--soft", "--ground"),
            },
            small: {
              blue: ratio("--blue", "--ground"), orange: ratio("--orange", "--ground"),
              softSurface: ratio("--soft", "--surface"),
            },
            graphics: {
              load: ratio("--load-edge", "--plate"), pressure: ratio("--pressure", "--plate"),
              open: ratio("--quiet", "--ground"), wood: ratio("--wood", "--ground"),
            },
          };
        }"""
    )
    page.close()
    assert min(ratios["words"].values()) >= 7, ratios
    assert min(ratios["small"].values()) >= 4.5, ratios
    assert min(ratios["graphics"].values()) >= 3, ratios


@pytest.mark.parametrize("width", [360, 800, 1280])
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
