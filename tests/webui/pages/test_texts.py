from datetime import timedelta

import pytest

from webui.pages import texts


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (605, "10 min 05 s")]
)
def test_a_length_is_minutes_and_seconds(seconds, text):
    assert texts.duration(timedelta(seconds=seconds)) == text


def test_what_is_not_known_is_a_dash():
    assert texts.number(None) == texts.share(None) == "–"


def test_numbers_have_the_decimals_asked_for_and_a_true_minus():
    assert texts.number(-2.54, 1) == "−2.5"
    assert texts.number(-0.04, 1) == "0.0"


def test_a_share_is_in_percent():
    assert texts.share(0.555) == "56 %"


def test_a_name_that_has_no_text_yet_is_still_readable():
    assert texts.name("mid_back") == "Mid-back"
    assert texts.name("new_fault") == "New fault"
