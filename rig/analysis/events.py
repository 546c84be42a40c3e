"""What the analysis reports besides signals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rig.names import EVENT_NAMES, EventName


@dataclass(frozen=True)
class Event:
    """Something that happened at `t_ns` (since the first frame), with its named values."""

    t_ns: int
    name: EventName
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name not in EVENT_NAMES:
            raise ValueError(f"{self.name!r} is not an event")
