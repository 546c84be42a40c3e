"""The live page has pictures for all that can happen, and the viewer's words and numbers."""

from rig.drills import HINGE
from rig.session.flow_states import FLOWS
from tests.browser.steps import still, text_becomes
from tests.support.feeder import Scene


def test_every_cue_and_state_has_a_picture(page, web, feeder):
    page.goto(web.url)
    for name in [*(rule.name for rule in HINGE.cues), *FLOWS]:
        assert page.locator(f"#p-{name}").count() == 1, name


def test_another_language_has_its_words_and_its_numbers(browser, web, feeder):
    page = browser.new_page(locale="de-DE")
    still(feeder, Scene(cell_n=(200, 100, 300, 100)))
    page.goto(web.url)
    text_becomes(page, "#prompt .sentence", "Hüfte beugen")
    text_becomes(page, "#heels", "71\u00a0%")
    assert page.get_attribute("html", "lang") == "de"
    page.close()
