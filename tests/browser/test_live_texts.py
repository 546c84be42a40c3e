"""The live page has words and pictures for all that can happen, in each language."""

from rig.drills import HINGE
from rig.names import FAULTS
from rig.recorder.turns import FLOWS
from tests.browser.steps import still, text_becomes
from tests.support.feeder import Scene


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
