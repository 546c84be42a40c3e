"""Tables for people, JSON for programs."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from rig.cli.table import print_json, print_table


@dataclass
class Thing:
    """Something with a time."""

    name: str
    at: datetime


def test_columns_are_as_wide_as_they_have_to_be_and_lines_end_without_blanks(capsys):
    print_table(("id", "what"), [("1", "a"), ("1000", "")])
    assert capsys.readouterr().out == "id    what\n1     a\n1000\n"


def test_records_and_times_become_json(capsys):
    print_json([Thing("x", datetime(2026, 3, 1, tzinfo=UTC))])
    assert json.loads(capsys.readouterr().out) == [{"name": "x", "at": "2026-03-01T00:00:00.000Z"}]


def test_what_is_no_value_is_an_error_of_the_program():
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        print_json({"x": object()})
