"""Commands that nobody should send: a short version of `python -m tests.bench hostile`."""

import json

import pytest

from tests.webui.api.test_commands import recorded

__all__ = ["recorded"]

NESTED = ["[" * 30_000, '{"a":' * 30_000, '{"muted": ' + "[" * 500 + "]" * 500 + "}"]
HALF_A_LETTER = json.dumps("\ud800")


@pytest.mark.parametrize("body", NESTED, ids=["lists", "objects", "in an argument"])
def test_what_is_nested_too_deeply_is_refused(recorded, body):
    answer = recorded.post("/api/v1/commands/mute", data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("verb", "argument"),
    [("choose_drill", "drill"), ("set_load", "load_kg"), ("next_person", "name")],
)
def test_half_a_letter_is_refused_and_not_taken_for_a_dead_recorder(recorded, verb, argument):
    answer = recorded.post(
        f"/api/v1/commands/{verb}",
        data=f'{{"{argument}": {HALF_A_LETTER}}}',
        content_type="application/json",
    )
    assert answer.status_code == 409
    assert answer.json["code"] in ("not_understood", "bad_name", "bad_drill")
