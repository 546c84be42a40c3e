"""What is heard: the judgement of `sounds.js`, and the panel."""

import json
from functools import partial

import pytest

from tests.support.feeder import Scene, rep_told

# Counts what is played, without changing it.
_NOTE_TONES = """
window.tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.tones.push(Math.round(this.frequency.value));
  return start.apply(this, when);
};
window.said = [];
speechSynthesis.speak = (utterance) => window.said.push([utterance.lang, utterance.text]);
"""


@pytest.fixture
def sounds(script):
    return partial(script, "sound/sounds.js")


@pytest.fixture
def heard(page, web, feeder):
    """A page with sound enabled by a tap."""
    feeder.moving, feeder.scene = False, Scene()
    page.add_init_script(_NOTE_TONES)
    page.goto(web.url)
    page.wait_for_selector("#link[data-link=live]")
    page.click(".sentence")
    page.wait_for_function("() => document.querySelector('#sound-button').textContent === 'Sound'")
    page.evaluate("window.tones.length = 0")
    return page


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("stand_still", "weighed", ["weighed"]),
        ("count_in", "set", ["go"]),
        ("set", "rest", ["end"]),
        ("set", "summary", ["end"]),
        ("set", "set", []),
        ("rest", "summary", []),
    ],
)
def test_changes_of_the_flow_have_their_sounds(sounds, before, after, name):
    change = f"{{ flow: '{after}' }}, {{ flow: '{before}' }}"
    assert sounds(f"soundsOfChange({change})") == name


@pytest.mark.parametrize(
    ("before", "after", "valid", "names"),
    [
        (0b111, 0b011, 127, ["tailbone_off"]),
        (0b011, 0b111, 127, ["tailbone_on"]),
        (0b111, 0b000, 127, ["head_off", "mid_back_off", "tailbone_off"]),
        (0b111, 0b011, 0b0111111, []),  # a pad that is not trusted is not heard
    ],
)
def test_a_contact_is_heard_when_it_comes_and_goes(sounds, before, after, valid, names):
    frames = f"{{ contact: {after}, valid: {valid} }}, {{ contact: {before}, valid: 127 }}"
    assert sounds(f"contactSounds({frames}, {{ flow: 'set' }})") == names
    assert sounds(f"contactSounds({frames}, {{ flow: 'rest' }})") == []


@pytest.mark.parametrize(
    ("cop", "state", "tone"),
    [
        (0, {}, "calm"),
        (40, {}, "rough"),
        (None, {}, None),
        (0, {"phase": "standing"}, None),
        (0, {"flow": "rest"}, None),
        (0, {"silent": True}, None),
    ],
)
def test_the_steady_tone_is_calm_inside_the_band_and_rough_outside(sounds, cop, state, tone):
    whole = {"flow": "set", "phase": "bottom", "silent": False, "band_mm": [-15, 15, -30, 30]}
    frame = json.dumps({"cop_ml_mm": cop, "cop_ap_mm": cop})
    assert sounds(f"balanceTone({frame}, {json.dumps({**whole, **state})})") == tone


def test_the_count_in_is_three_beats_to_the_second(sounds):
    state = "{ flow: 'count_in', flow_until_s: 13 }"
    assert sounds(f"beats({state}, 9.9, 13.5)") == [[10, "count"], [11, "count"], [12, "count"]]


def test_the_metronome_beats_each_second_and_marks_the_turns(sounds):
    state = "{ flow: 'set', flow_since_s: 100, tempo_s: [2, 1, 2, 1] }"
    found = sounds(f"beats({state}, 100, 106)")
    assert [name for _, name in found] == ["turn", "beat", "turn", "turn", "beat", "turn"]
    assert [at for at, _ in found] == [100, 101, 102, 103, 104, 105]


def test_every_sound_belongs_to_a_kind_that_can_be_switched_off(sounds):
    assert sounds("NOTES && Object.keys(m.NOTES).filter((n) => !(m.kindOf(n) in m.KINDS))") == []


def test_a_cue_is_heard_and_spoken(heard, feeder):
    feeder.rig.say({"type": "cue", "name": "tailbone_lost"})
    heard.wait_for_function("() => said.length && tones.includes(523)")
    assert heard.evaluate("said") == [["en", "Tailbone to the dowel"]]


def test_a_counted_rep_ticks_and_another_does_not(heard, feeder):
    feeder.rig.say(rep_told({"kind": "squat"}, counted=False, rep_count=0, quality=1))
    feeder.rig.say(rep_told({}))
    heard.wait_for_function("() => tones.length > 1")
    assert heard.evaluate("tones") == [880, 1319]


def test_muted_is_silent_and_is_remembered(heard, feeder, web):
    heard.click("#sound-button")
    heard.click("text=Mute")
    feeder.rig.say({"type": "cue", "name": "tailbone_lost"})
    heard.wait_for_timeout(300)
    assert heard.evaluate("[tones, said]") == [[], []]
    heard.reload()
    heard.wait_for_selector("#link[data-link=live]")  # its scripts run
    heard.keyboard.press("Tab")
    heard.wait_for_function(
        "() => document.querySelector('#sound-button').textContent === 'Sound off'"
    )


def test_one_cue_can_be_switched_off(heard, feeder):
    heard.click("#sound-button")
    heard.click("#sound-panel summary")
    heard.uncheck("#sound-cues label:has-text('Tailbone to the dowel') input")
    feeder.rig.say({"type": "cue", "name": "tailbone_lost"})
    feeder.rig.say({"type": "cue", "name": "head_lost"})
    heard.wait_for_function("() => said.length")
    assert heard.evaluate("said") == [["en", "Head to the dowel"]]


def test_the_rigs_mute_silences_the_page_too(heard, feeder):
    feeder.scene = Scene(extra={"muted": True})
    heard.wait_for_timeout(400)
    feeder.rig.say({"type": "cue", "name": "tailbone_lost"})
    heard.wait_for_timeout(300)
    assert heard.evaluate("[tones, said]") == [[], []]


def test_the_steady_tone_follows_the_band(heard, feeder):
    feeder.scene = Scene(phase="bottom", cell_n=(50, 300, 50, 300))
    heard.wait_for_function("() => tones.includes(185)")


def test_without_a_tap_nothing_is_played_and_the_button_says_what_to_do(page, web, feeder):
    page.add_init_script(_NOTE_TONES)
    page.goto(web.url)
    page.wait_for_selector("#link[data-link=live]")
    feeder.rig.say({"type": "cue", "name": "tailbone_lost"})
    page.wait_for_timeout(300)
    assert page.inner_text("#sound-button") == "Enable sound"
    assert page.evaluate("tones") == []
