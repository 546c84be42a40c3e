"""JSON into types."""

import re

import msgspec
import pytest

from rig.system.typed_json import decode, schemas


class Inner(msgspec.Struct):
    """A part."""

    n: int


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    """A whole."""

    parts: list[Inner]
    name: str = ""


def test_what_fits_becomes_the_type():
    assert decode(b'{"parts": [{"n": 1}]}', Outer) == Outer([Inner(1)])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"parts": [{"n": 1}, {"n": "x"}]}', "parts[1].n: Expected `int`, got `str`"),
        ('{"parts": [], "nam": 1}', "Object contains unknown field `nam`"),
        ("[]", "Expected `object`, got `array`"),
        ("", "not JSON: Input data was truncated"),
        ('{"parts": [{"n": 1e999}]}', "parts[0].n: "),
        ('{"parts": [], "name": "\\ud800"}', "not JSON"),
    ],
)
def test_what_does_not_fit_is_one_line_that_begins_with_the_place(text, problem):
    with pytest.raises(ValueError, match=re.escape(problem)) as error:
        decode(text, Outer)
    assert str(error.value).startswith(problem)
    assert "\n" not in str(error.value)


def test_a_schema_names_the_types_that_it_consists_of():
    found = schemas([Outer])
    assert set(found) == {"Outer", "Inner"}
    assert found["Outer"]["properties"]["parts"]["items"] == {"$ref": "#/components/schemas/Inner"}
