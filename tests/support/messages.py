"""Messages between the processes, as a reader of their JSON has them."""

import json
from typing import Any

from rig.handover.message import encoded


def as_read(message: object) -> dict[str, Any]:
    """The same through JSON and back."""
    document: dict[str, Any] = json.loads(encoded(message))
    return document
