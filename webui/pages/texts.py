"""How the history pages say names, times and numbers. Another language is another module."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

_NAMES: Final = {
    "hinge": "Hinge",
    "partial": "Partial hinge",
    "incomplete": "Incomplete",
    "squat": "Squat",
    "mid_back": "Mid-back",
    "waist_bend": "Bending from the waist",
    "pelvic_tuck": "Pelvic tuck",
    "chin_tuck": "Chin tuck",
    "toe_weight": "Weight on the toes",
    "side_shift": "Shift to one side",
    "heel_lift": "Heel lift",
    "eccentric": "going down",
    "bottom": "at the bottom",
    "concentric": "coming up",
}
NOT_KNOWN: Final = "–"


def name(key: str) -> str:
    """A rig's name (`mid_back`) in words."""
    return _NAMES.get(key, key.replace("_", " ").capitalize())


def when(moment: datetime) -> str:
    """Date and time of day where the rig stands."""
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def duration(length: timedelta) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes} min {seconds:02d} s" if minutes else f"{seconds} s"


def number(value: float | None, places: int = 0) -> str:
    """A number with so many decimals."""
    if value is None:
        return NOT_KNOWN
    rounded = round(value, places) + 0.0  # no minus before a zero
    return f"{rounded:.{places}f}".replace("-", "−")


def share(value: float | None) -> str:
    """A share 0..1 in percent."""
    return NOT_KNOWN if value is None else f"{100 * value:.0f} %"


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "name": name,
    "when": when,
    "duration": duration,
    "number": number,
    "share": share,
}
