"""What a recording's frames do not say, from a session bundle's `session.json`."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rig.errors import FormatError

_VERSION: Final = 1
_MOST_DROP_M: Final = 2.0
_MOST_LOAD_KG: Final = 200.0


@dataclass(frozen=True)
class PersonContext:
    """The person's usual drop in metres, 0 where it is not known, and the load they carry.

    A heel block needs nothing here: the stance is taken from standing on it.
    """

    usual_drop_m: float = 0.0
    load_kg: float = 0.0


def read_context(path: Path) -> PersonContext:
    """What the file knows; `FormatError` says what is wrong with it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FormatError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise FormatError(f"{path}: is not a session.json of version {_VERSION}")
    return PersonContext(
        _number(path, document, "usual_drop_m", _MOST_DROP_M),
        _number(path, document, "external_load_kg", _MOST_LOAD_KG),
    )


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
