"""What a CSV's rows do not say, from a session bundle's `session.json`."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rig.analysis.settings import AnalysisSettings
from rig.context import Context
from rig.errors import CommandRefused, FormatError
from rig.recording.reader import RecordedCommand
from rig.session.context_commands import CONTEXT_VERBS, changed_context
from rig.session.settings import analysis_settings

_VERSION: Final = 1
_MOST_DROP_M: Final = 2.0
_MOST_LOAD_KG: Final = 200.0


@dataclass(frozen=True)
class SessionContext:
    """What was in force when a session began, and the commands in it.

    A command's `t_ns` is that of the frame before it, since the first frame. A heel block needs
    nothing here: the stance is taken from standing on it.
    """

    context: Context = Context(person_id="")
    settings: AnalysisSettings = AnalysisSettings()
    commands: tuple[RecordedCommand, ...] = ()


def read_context(path: Path) -> SessionContext:
    """What the file knows; `FormatError` says what is wrong with it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FormatError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise FormatError(f"{path}: is not a session.json of version {_VERSION}")
    context = Context(
        person_id="",
        load_kg=_number(path, document, "external_load_kg", _MOST_LOAD_KG),
        usual_drop_m=_number(path, document, "usual_drop_m", _MOST_DROP_M),
    )
    return SessionContext(context, _settings(path, document), _commands(path, document))


def _number(path: Path, document: dict[str, Any], name: str, most: float) -> float:
    """A number from 0 to `most`; 0 for null or where there is none."""
    value = document.get(name)
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FormatError(f"{path}: {name} must be a number or null, not {value!r}")
    if not 0 <= value <= most:
        raise FormatError(f"{path}: {name} is {value}, allowed is 0 to {most:g}")
    return float(value)


def _settings(path: Path, document: dict[str, Any]) -> AnalysisSettings:
    if document.get("settings") is None:
        return AnalysisSettings()
    try:
        settings = analysis_settings(document["settings"])
        if 0 < settings.contact_lost_n <= settings.contact_regained_n < math.inf:
            return settings
    except (KeyError, TypeError):
        pass
    raise FormatError(f"{path}: settings.contact must have lost_below_n and regained_above_n")


def _commands(path: Path, document: dict[str, Any]) -> tuple[RecordedCommand, ...]:
    found = []
    for number, item in enumerate(document.get("commands") or ()):
        try:
            command = {"verb": item["verb"], "args": item["args"]}
            if command["verb"] in CONTEXT_VERBS:
                changed_context(Context(person_id=""), command["verb"], command["args"])
            found.append(RecordedCommand(round(item["t_s"] * 1e9), command))
        except (KeyError, TypeError, ValueError, AttributeError, CommandRefused) as error:
            raise FormatError(f"{path}: commands[{number}] is no command: {error}") from None
    return tuple(found)
