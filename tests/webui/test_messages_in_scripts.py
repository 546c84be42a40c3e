"""The pages' scripts speak of fields that the messages have: their types say which."""

import re
from pathlib import Path

import pytest

import webui
from rig.handover.events import CueTold, RepTold
from rig.handover.live_state import LiveState
from rig.names import CELLS, PADS
from rig.repetition import COLUMNS, MEASURES
from rig.system.typed_json import schemas
from webui.health import Health
from webui.live.encoding import FIELDS

SCRIPTS = sorted(Path(webui.__file__).parent.glob("static/js/**/*.js"))
MESSAGES = schemas([Health, LiveState, CueTold, RepTold])

_SNAKE = re.compile(r"\.([a-z]+(?:_[a-z0-9]+)+)\b")
_OF_STATE = re.compile(r"\bstate\.(\w+)")
_TEMPO = ("eccentric_s", "pause_s", "concentric_s")  # of stored repetitions


def fields(name):
    """The properties of a message."""
    return set(MESSAGES[name]["properties"])


def known():
    """Every field of every message, of a frame, and of a stored repetition."""
    of_messages = {field for one in MESSAGES.values() for field in one.get("properties", ())}
    of_frames = {name for name, _ in FIELDS}
    return of_messages | of_frames | {*MEASURES, *COLUMNS, *_TEMPO, *CELLS, *PADS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_what_a_script_reads_is_a_field_of_a_message(script):
    source = script.read_text(encoding="utf-8")
    assert set(_SNAKE.findall(source)) - known() == set()
    assert set(_OF_STATE.findall(source)) - fields("LiveState") == set()


def test_the_schema_says_what_a_state_may_be():
    state = MESSAGES["LiveState"]
    assert state["additionalProperties"] is False
    assert "summary" in state["properties"]["flow"]["enum"]
    assert state["properties"]["rep_count"]["type"] == "integer"
