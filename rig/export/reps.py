"""`reps.csv`: one row per repetition."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from rig.export.text import Cell, csv_bytes, safe_text
from rig.repetition import COLUMNS, by_column
from rig.storage.records import REP_PLACE, RepRecord
from rig.system.utc import iso_utc

_ORDER: Final = (
    "session_id", "set_index", "rep_index", "person_id", "drill", "started_utc", "kind", "start_s",
    "bottom_s", "end_s", "eccentric_s", "pause_s", "concentric_s", "depth", "body_weight_n",
    "heel_share_standing", "heel_share_bottom", "heel_share_min", "heel_share_max",
    "asymmetry_pct", "cop_ap_range_mm", "cop_ml_range_mm", "contact_head_pct",
    "contact_mid_back_pct", "contact_tailbone_pct", "first_loss", "first_loss_phase", "faults",
    "score", "external_load_kg", "heel_block_mm", "calibration_id",
)  # fmt: skip
"""The contract's; measures that came later follow in the order of their table."""

_LEFT_OUT: Final = ("analysis_index", "bottom_start_s", "bottom_end_s", "decided_s", "drop_m")

REP_COLUMNS: Final = (*_ORDER, *(c for c in COLUMNS if c not in (*_ORDER, *_LEFT_OUT)))


def reps_csv(reps: Iterable[RepRecord]) -> Iterator[bytes]:
    """The file's bytes, piece by piece, from `History.reps`."""
    return csv_bytes(REP_COLUMNS, (_cells(rep) for rep in reps))


def _cells(rep: RepRecord) -> list[Cell]:
    values: Mapping[str, Any] = {
        **{name: getattr(rep, name) for name in REP_PLACE},
        **by_column(rep),
        "bottom_s": rep.bottom_start_s,
        "eccentric_s": rep.eccentric_s,
        "pause_s": rep.pause_s,
        "concentric_s": rep.concentric_s,
        "started_utc": iso_utc(rep.started_utc),
        "faults": ";".join(fault.name for fault in rep.faults),
    }
    return [_SHOW.get(name, _as_it_is)(values[name]) for name in REP_COLUMNS]


def _as_it_is(value: Any) -> Cell:
    cell: Cell = safe_text(value) if isinstance(value, str) else value
    return cell


def _seconds(value: float) -> Cell:
    """Whole milliseconds are all that a frame every 10 ms can tell."""
    return round(value, 3)


_SHOW: Final[Mapping[str, Callable[[Any], Cell]]] = {
    name: _seconds for name in REP_COLUMNS if name.endswith("_s")
}
