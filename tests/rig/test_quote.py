"""Quoting what came from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rig.quote import quoted, shortened

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING)
def test_whatever_it_is_the_quote_is_one_short_line(value):
    quote = quoted(value)
    assert 0 < len(quote) <= 40
    assert "\n" not in quote


@pytest.mark.parametrize("value", [10**5000, [[10**5000]]], ids=["number", "list"])
def test_what_python_will_not_write_is_no_error(value):
    assert quoted(value) == "something too long to be shown"


def test_what_is_short_is_quoted_whole():
    assert quoted("hinge!") == "'hinge!'"
    assert shortened("one\ntwo", 40) == "one two"
    assert shortened("abcdef", 4) == "abc…"
