"""How the history pages say names, times and numbers, in the language of the request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from webui.texts import text, text_or


def name(key: str, group: str) -> str:
    """A rig's name (`mid_back` of the group `pad`) in words."""
    return text_or(f"{group}.{key}", key.replace("_", " ").capitalize())


def when(moment: datetime) -> str:
    """Date and time of day where the rig stands."""
    local = moment.astimezone()
    month = text(f"format.months.{local.month}")
    time = f"{local:%H:%M}"
    return text("format.when", day=local.day, month=month, year=local.year, time=time)


def duration(length: timedelta) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    if minutes:
        return text("format.minutes", minutes=minutes, seconds=f"{seconds:02d}")
    return text("format.seconds", seconds=seconds)


def number(value: float | None, places: int = 0) -> str:
    """A number with so many decimals."""
    if value is None:
        return text("nothing")
    rounded = round(value, places) + 0.0  # no minus before a zero
    return f"{rounded:.{places}f}".replace("-", "−").replace(".", text("format.decimal"))


def percent(value: float | None, places: int = 0) -> str:
    """A number that is in percent already."""
    if value is None:
        return text("nothing")
    return text("format.percent", number=number(value, places))


def share(value: float | None) -> str:
    """A share 0..1 in percent."""
    return percent(None if value is None else 100 * value)


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "name": name,
    "when": when,
    "duration": duration,
    "number": number,
    "percent": percent,
    "share": share,
}
