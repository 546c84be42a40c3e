"""Numbers at the border to JSON and to the database, which know no NaN and no infinity."""

import math
from typing import Any


def finite(value: Any) -> Any:
    """The same value, objects and lists all through, with None for what is no finite number."""
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
