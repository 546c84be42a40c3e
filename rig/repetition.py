"""One repetition, and the table of its measures.

The type is the table: each field of `Rep` says its unit, how many digits are worth showing, and
what it means. The database's columns, CSV, JSON, pages and docs follow from it. A new measure is a
field here (at the end), the place that computes it, and a migration.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, get_type_hints

from rig.names import PADS, FaultName, Phase, RepKind


@dataclass(frozen=True)
class Fault:
    """A fault in a repetition; `phase` and `depth` (share of this rep's excursion) at onset."""

    name: FaultName
    confidence: float
    onset_s: float | None
    phase: Phase
    depth: float | None


class Tempo:
    """The phases' lengths, for whatever has a repetition's four times (s)."""

    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float

    @property
    def eccentric_s(self) -> float:
        """Descent time."""
        return self.bottom_start_s - self.start_s

    @property
    def pause_s(self) -> float:
        """Time at the bottom."""
        return self.bottom_end_s - self.bottom_start_s

    @property
    def concentric_s(self) -> float:
        """Ascent time."""
        return self.end_s - self.bottom_end_s


def _measure(
    unit: str, meaning: str, digits: int = 0, column: str | None = None, **default: Any
) -> Any:
    """A field of `Rep`; `column` if that is not the field's name, with `{pad}` one for each pad."""
    about = {"unit": unit, "meaning": meaning, "digits": digits, "column": column}
    return field(metadata=about, **default)


@dataclass(frozen=True, kw_only=True)
class Rep(Tempo):
    """One repetition, decided once and never revised.

    Times are seconds since the first frame. What is not known is None.
    """

    index: int = _measure("", "number in the session, from 1", column="analysis_index")
    kind: RepKind = _measure("", "`hinge`, `partial` (both count), `incomplete`, `squat`")
    start_s: float = _measure("s", "start of the descent", 3)
    bottom_start_s: float = _measure("s", "the bottom is reached", 3)
    bottom_end_s: float = _measure("s", "the bottom is left", 3)
    end_s: float = _measure("s", "standing again", 3)
    decided_s: float = _measure("s", "when it was decided", 3)
    depth: float | None = _measure("1", "excursion, 1 at the person's usual bottom", 2)
    drop_m: float | None = _measure("m", "how far the centre of mass went down", 3)
    body_weight_n: float | None = _measure("N", "as weighed in this session")
    heel_share_standing: float | None = _measure(
        "0–1", "heel force over total force, standing before the repetition", 2
    )
    heel_share_bottom: float | None = _measure("0–1", "the same at the bottom", 2)
    heel_share_min: float | None = _measure("0–1", "its lowest value in the repetition", 2)
    heel_share_max: float | None = _measure("0–1", "its highest value", 2)
    asymmetry_pct: float | None = _measure(
        "%", "100 (R − L)/(R + L), positive with more on the right", 1
    )
    cop_ap_range_mm: float | None = _measure(
        "mm", "range of the estimated centre of pressure, forward and back"
    )
    cop_ml_range_mm: float | None = _measure("mm", "the same to the sides")
    contact_kept_pct: tuple[float | None, ...] = _measure(
        "%", "share of the repetition with contact at the pad", column="contact_{pad}_pct"
    )
    first_loss: str | None = _measure("", "pad that lost contact first, if any")
    first_loss_phase: Phase | None = _measure("", "phase in which it did")
    faults: tuple[Fault, ...] = _measure("", "names of the faults, joined by `;`")
    score: int = _measure("", "3 all contacts kept, 2 a contact lost, 1 incomplete")
    kind_confidence: float | None = _measure(
        "0–1",
        "how sure the kind is; a knee bend is called `squat` from 0.9",
        2,
        default=None,
    )
    depth_deg: float | None = _measure(
        "°",
        "depth as the dowel's inclination; empty without its sensor",
        0,
        default=None,
    )
    usable_depth_deg: float | None = _measure(
        "°",
        "inclination on the way down before the tailbone's contact went, all of it if it did not",
        0,
        default=None,
    )
    u_depth_deg: float | None = _measure(
        "°", "standard uncertainty of `depth_deg`", 1, default=None
    )


@dataclass(frozen=True)
class Measure:
    """One line of the table: `columns` are its names in the database and in CSV files."""

    name: str
    unit: str
    meaning: str
    digits: int
    columns: tuple[str, ...]
    type: Any


def _table() -> dict[str, Measure]:
    types = get_type_hints(Rep)
    return {one.name: _line(one.name, types[one.name], **one.metadata) for one in fields(Rep)}


def _line(
    name: str, type_: Any, *, unit: str, meaning: str, digits: int, column: str | None
) -> Measure:
    pattern = column or name
    columns = dict.fromkeys(pattern.format(pad=pad) for pad in PADS)
    return Measure(name, unit, meaning, digits, tuple(columns), type_)


MEASURES: Final = _table()
"""Every measure of a repetition by name, in order."""

COLUMNS: Final = {column: one for one in MEASURES.values() for column in one.columns}
"""The measure behind each column."""


def by_column(rep: Rep) -> dict[str, Any]:
    """A repetition's values by column: those of the pads apart, faults as they are."""
    found: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        value = getattr(rep, name)
        found.update(
            zip(measure.columns, value if len(measure.columns) > 1 else (value,), strict=True)
        )
    return found


def from_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The reverse: the fields of a `Rep` from values by column."""
    return {
        name: tuple(values[column] for column in one.columns)
        if len(one.columns) > 1
        else values[one.columns[0]]
        for name, one in MEASURES.items()
    }
