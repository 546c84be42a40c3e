"""How the history pages say names, times and numbers, in the language of the request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from rig.repetition import MEASURES, Rep
from rig.storage.records import SessionSummary
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


def started(session: SessionSummary) -> str:
    """When a session began, marked where nobody had set the clock."""
    begun = when(session.started_utc)
    return begun if session.clock_set else text("history.unsure", when=begun)


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


def degrees(value: float | None) -> str:
    """An angle in whole degrees."""
    return text("nothing") if value is None else text("history.degrees", number=number(value))


def share(value: float | None) -> str:
    """A share 0..1 in percent."""
    return percent(None if value is None else 100 * value)


def measured(rep: Rep, measure: str) -> str:
    """One of a repetition's measures, with as many digits as the table of measures says."""
    value, about = getattr(rep, measure), MEASURES[measure]
    if about.unit == "0–1":
        return share(value)
    return (percent if about.unit == "%" else number)(value, about.digits)


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "degrees": degrees,
    "name": name,
    "started": started,
    "when": when,
    "duration": duration,
    "measured": measured,
    "number": number,
    "percent": percent,
    "share": share,
}
