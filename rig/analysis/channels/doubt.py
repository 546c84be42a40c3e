"""A doubt about a channel."""

from typing import Literal, NamedTuple

Reason = Literal["frozen", "saturated", "dead", "swapped", "drifting", "zero_off", "open", "stuck"]


class Doubt(NamedTuple):
    """A channel, and what is likely the matter with it."""

    channel: str
    reason: Reason
