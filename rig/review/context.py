"""What a recording's frames do not say, from a session bundle's `session.json`."""

import json
import math
from pathlib import Path

from rig.errors import FormatError

_VERSION = 1


def read_usual_drop_m(path: Path) -> float:
    """The person's usual drop in metres, 0 where the file does not know it.

    Load and heel block need nothing here: weight and stance are taken from standing with them.
    `FormatError` says what is wrong with the file.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FormatError(f"{path}: cannot be read as JSON: {error}") from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise FormatError(f"{path}: is not a session.json of version {_VERSION}")
    drop = document.get("usual_drop_m")
    if drop is None:
        return 0.0
    if isinstance(drop, bool) or not isinstance(drop, int | float) or not math.isfinite(drop):
        raise FormatError(f"{path}: usual_drop_m must be a number or null, not {drop!r}")
    if not 0 < drop < 2:
        raise FormatError(f"{path}: usual_drop_m is {drop}, allowed is 0 to 2 m")
    return float(drop)
