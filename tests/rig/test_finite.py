import json
import math

from hypothesis import given
from hypothesis import strategies as st

from rig.finite import finite

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_whatever_comes_can_be_written_as_strict_json(value):
    json.dumps(finite(value), allow_nan=False)


@given(st.recursive(st.text() | st.floats(allow_nan=False, allow_infinity=False), st.lists))
def test_what_is_finite_already_stays_as_it_is(value):
    assert finite(value) == value


def test_numbers_that_are_none_become_none_wherever_they_stand():
    value = {"depth": math.nan, "faults": ({"onset_s": math.inf},), "score": 3}
    assert finite(value) == {"depth": None, "faults": [{"onset_s": None}], "score": 3}
