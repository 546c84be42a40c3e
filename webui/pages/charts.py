"""Geometry of the chart of one set: depth as bars, the three contacts as marks below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rig.names import PADS
from rig.storage.records import RepRecord

_LEFT: Final = 84.0  # room for the rows' names
_STEP: Final = 30.0
_BAR_WIDTH: Final = 16.0
_TOP: Final = 14.0
_BARS_HEIGHT: Final = 90.0
_HIGHEST: Final = 1.25  # depth at the top of the chart
_ROW: Final = 22.0
_KEPT_PCT: Final = 99.95  # anything that rounds to 100.0 is kept


@dataclass(frozen=True)
class Mark:
    """Whether a pad kept contact in a rep; None without pads."""

    y: float
    kept: bool | None


@dataclass(frozen=True)
class Column:
    """One repetition's place in the chart."""

    x: float
    bar_y: float
    bar_height: float
    rep: RepRecord
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class SetChart:
    """All that the template draws."""

    width: float
    height: float
    base_y: float
    usual_y: float
    bar_width: float
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, float], ...]


def set_chart(reps: Sequence[RepRecord]) -> SetChart:
    """The chart of a set's repetitions."""
    base = _TOP + _BARS_HEIGHT
    rows = tuple((pad, base + 38 + at * _ROW) for at, pad in enumerate(PADS))
    return SetChart(
        width=_LEFT + _STEP * len(reps) + 10,
        height=rows[-1][1] + _ROW / 2,
        base_y=base,
        usual_y=base - _BARS_HEIGHT / _HIGHEST,
        bar_width=_BAR_WIDTH,
        columns=tuple(_column(at, rep, base, rows) for at, rep in enumerate(reps)),
        rows=rows,
    )


def _column(at: int, rep: RepRecord, base: float, rows: Sequence[tuple[str, float]]) -> Column:
    height = _BARS_HEIGHT * min(max(rep.depth or 0.0, 0.0), _HIGHEST) / _HIGHEST
    return Column(
        x=_LEFT + _STEP * (at + 0.5),
        bar_y=base - height,
        bar_height=height,
        rep=rep,
        marks=tuple(
            Mark(y, _kept(pct)) for (_, y), pct in zip(rows, rep.contact_kept_pct, strict=True)
        ),
    )


def _kept(contact_pct: float | None) -> bool | None:
    return None if contact_pct is None else contact_pct >= _KEPT_PCT
