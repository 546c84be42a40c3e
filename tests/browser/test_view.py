"""The page's judgement, without a rig: `view.js` called by itself."""

import json
from functools import partial

import pytest


@pytest.fixture
def view(script):
    return partial(script, "view.js")


@pytest.mark.parametrize(
    ("age", "link"),
    [(-0.01, "live"), (0.249, "live"), (0.25, "stale"), (0.999, "stale"), (1, "disconnected")],
)
def test_the_newest_frames_age_decides_how_the_picture_is_called(view, age, link):
    assert view(f"linkState({age}, 60)") == link


def test_a_page_that_never_had_a_frame_is_connecting_for_a_second(view):
    assert view("linkState(null, 0.5)") == "connecting"
    assert view("linkState(null, 1.5)") == "disconnected"


@pytest.mark.parametrize(("gone_s", "shown"), [(0.1, 127), (0.24, 127), (0.3, 126)])
def test_a_channel_that_drops_out_for_a_moment_keeps_the_picture(view, gone_s, shown):
    frames = f"{{ valid: 127, t_s: 5 }}, {{ valid: 126, t_s: {5 + gone_s} }}"
    assert view(f"frameToShow({frames}).valid") == shown


def test_a_channel_that_comes_back_is_shown_at_once(view):
    assert view("frameToShow({ valid: 126, t_s: 5 }, { valid: 127, t_s: 5.01 }).t_s") == 5.01


def test_a_pad_that_is_not_trusted_is_unknown_whatever_it_says(view):
    assert view("contactState({ valid: 0b0001111, contact: 0b111 }, 'head', true)") == "unknown"


@pytest.mark.parametrize(
    ("link", "recorder", "sentence"),
    [
        ("stale", "down", "Late"),
        ("live", "down", "Not recording"),
        ("live", "ok", "Head to the dowel"),
    ],
)
def test_what_is_wrong_comes_before_a_cue_and_a_cue_before_the_flow(view, link, recorder, sentence):
    known = {
        "link": link,
        "health": {"recorder": {"state": recorder, "problems": []}},
        "state": {"flow": "set", "cue": "head_lost"},
    }
    assert view(f"prompt({json.dumps(known)}).sentence") == sentence


def test_a_state_that_has_no_text_yet_is_still_readable(view):
    state = "state: { flow: 'warming_up' }, frame: { valid: 127 }"
    assert view(f"prompt({{ link: 'live', {state} }}).sentence") == "Warming up"


@pytest.mark.parametrize(("now", "share"), [(9, 0), (10, 0), (12.5, 0.5), (20, 1)])
def test_a_timed_state_tells_how_far_it_is(view, now, share):
    assert view(f"progress({{ flow_since_s: 10, flow_until_s: 15 }}, {now})") == share


def test_a_state_without_an_end_has_no_progress(view):
    assert view("progress({ flow_since_s: 10, flow_until_s: null }, 12)") is None
    assert view("secondsLeft({ flow_until_s: null }, 12)") is None


@pytest.mark.parametrize(("now", "left"), [(12, 3), (12.1, 3), (14.9, 1), (15.5, 1)])
def test_whole_seconds_are_counted_down(view, now, left):
    assert view(f"secondsLeft({{ flow_until_s: 15 }}, {now})") == left
