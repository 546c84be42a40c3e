"""The tables of texts, and which of them a request gets."""

import re
from string import Formatter

import pytest

from rig.drills import DRILLS
from rig.handover.refusals import REFUSALS
from rig.names import COMMANDS, FAULTS, PADS, REP_KINDS
from rig.session.flow_states import FLOWS
from webui.texts import TABLES, language, text

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
_BY_THE_RECORDER = "refusal."  # in English it says them itself


def paths(level, at=""):
    for key, value in level.items():
        if isinstance(value, dict):
            yield from paths(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", value


def blanks(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", [name for name in TABLES if name != "en"])
def test_a_language_says_everything_that_english_says(name):
    english = dict(paths(TABLES["en"]))
    found = {
        path: said for path, said in paths(TABLES[name]) if not path.startswith(_BY_THE_RECORDER)
    }
    assert set(found) == set(english)
    assert {path: blanks(said) for path, said in found.items()} == {
        path: blanks(said) for path, said in english.items()
    }


@pytest.mark.parametrize("name", [name for name in TABLES if name != "en"])
def test_a_language_has_a_sentence_for_every_refusal(name):
    refusals = TABLES[name]["refusal"]
    assert set(refusals) == set(REFUSALS)
    for code, sentence in refusals.items():
        assert blanks(sentence) == blanks(REFUSALS[code]), code


def test_there_are_texts_for_all_that_the_rig_names():
    english = TABLES["en"]
    assert set(english["cue"]) == {rule.name for drill in DRILLS.values() for rule in drill.cues}
    assert set(english["drillName"]) >= set(DRILLS)
    assert set(english["flow"]) == set(FLOWS)
    assert set(english["advice"]) >= set(FAULTS)
    assert set(english["fault"]) == set(FAULTS)
    assert set(english["kind"]) == set(REP_KINDS)
    assert set(english["pad"]) == set(PADS)
    assert set(english["command"]["done"]) == set(COMMANDS)


@pytest.mark.parametrize(
    ("address", "headers", "chosen"),
    [
        ("/sessions", {}, "en"),
        ("/sessions", GERMAN, "de"),
        ("/sessions", {"Accept-Language": "fr, de;q=0.5"}, "de"),
        ("/sessions", {"Accept-Language": "fr"}, "en"),
        ("/sessions?lang=en", GERMAN, "en"),
        ("/sessions?lang=de", {}, "de"),
        ("/sessions?lang=de-AT", {}, "de"),
        ("/sessions?lang=xx", GERMAN, "de"),
        ("/api/v1/sessions?lang=de", GERMAN, "en"),
    ],
)
def test_the_address_chooses_the_language_then_the_browser(app, address, headers, chosen):
    with app.test_request_context(address, headers=headers):
        assert language() == chosen


def test_a_text_is_filled_with_its_values(app):
    with app.test_request_context("/?lang=de"):
        assert text("history.page", page=2, pages=3) == "Seite 2 von 3"
        with pytest.raises(KeyError):
            text("history.nothing_like_it")


def test_every_page_speaks_german_and_says_what_it_depends_on(app, client):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    paths = [rule.rule for rule in rules if not rule.arguments]
    assert {"/", "/coach", "/sessions"} <= set(paths)
    for path in [*paths, "/nowhere"]:
        speaks_german(client.get(path, headers=GERMAN))


def speaks_german(answer):
    assert '<html lang="de">' in answer.text
    assert "Trainings" in answer.text
    assert "Accept-Language" in answer.vary


def test_links_keep_the_language_that_was_asked_for(client):
    for path in ("/?lang=de", "/sessions?lang=de&page=2", "/nowhere?lang=de"):
        links = re.findall(r'<a [^>]*href="(/[^"]*)"', client.get(path).text)
        assert links
        assert [link for link in links if "lang=de" not in link] == [], path
    assert "?lang=" not in client.get("/sessions", headers=GERMAN).text
