"""Whole numbers from a query."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest

from webui.paging import query_number


def ask(app, text):
    with app.test_request_context("/", query_string={"page": text}):
        return query_number("page", 1, 1, 50)


def test_what_is_not_given_is_the_default(app):
    with app.test_request_context("/"):
        assert query_number("page", 7, 1, 50) == 7


@pytest.mark.parametrize("text", ["0", "51", "-1", "+1", "1.0", "1e1", "", " 1", "٣", "9" * 5000])
def test_what_is_no_number_of_the_range_is_refused_with_what_is_allowed(app, text):
    with pytest.raises(BadRequest) as error:
        ask(app, text)
    assert "1" in error.value.description
    assert "50" in error.value.description


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(1, 50))
def test_any_number_of_the_range_is_taken(app, number):
    assert ask(app, str(number)) == number
