from datetime import UTC, datetime, timedelta

import pytest

from webui.pages import formats


@pytest.fixture(params=["en"])
def request_in(request, app):
    """Formats work within a request, in its language."""
    with app.test_request_context(f"/sessions?lang={request.param}"):
        yield


in_english = pytest.mark.usefixtures("request_in")
in_german = pytest.mark.parametrize("request_in", ["de"], indirect=True)


@in_english
@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (605, "10 min 05 s")]
)
def test_a_length_is_minutes_and_seconds(seconds, text):
    assert formats.duration(timedelta(seconds=seconds)) == text


@in_english
def test_what_is_not_known_is_a_dash():
    assert formats.number(None) == formats.share(None) == formats.percent(None) == "–"


@in_english
def test_numbers_have_the_decimals_asked_for_and_a_true_minus():
    assert formats.number(-2.54, 1) == "−2.5"
    assert formats.number(-0.04, 1) == "0.0"
    assert formats.percent(-2.54, 1) == "−2.5%"


@in_english
def test_a_share_is_in_percent():
    assert formats.share(0.555) == "56%"


@in_english
def test_a_name_that_has_no_text_yet_is_still_readable():
    assert formats.name("mid_back", "pad") == "Mid-back"
    assert formats.name("new_fault", "fault") == "New fault"


@in_english
def test_a_date_is_that_of_the_place():
    moment = datetime(2026, 3, 9, 7, 5).astimezone(UTC)
    assert formats.when(moment) == "9 March 2026, 07:05"


@in_german
def test_german_has_its_own_names_numbers_and_dates(request_in):
    assert formats.name("mid_back", "pad") == "Rücken"
    assert formats.number(-2.54, 1) == "−2,5"
    assert formats.share(0.555) == "56\N{NO-BREAK SPACE}%"
    assert formats.when(datetime(2026, 3, 9, 7, 5).astimezone(UTC)) == "9. März 2026, 07:05"
