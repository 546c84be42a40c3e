"""`reps.csv`: one row per repetition."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Final

from rig.export.text import Cell, csv_bytes, safe_text
from rig.storage.records import RepRecord
from rig.system.utc import iso_utc

_Getter = Callable[[RepRecord], Cell]


def _text(name: str) -> _Getter:
    def get(rep: RepRecord) -> Cell:
        value: str | None = getattr(rep, name)
        return value and safe_text(value)

    return get


def _seconds(name: str) -> _Getter:
    """Whole milliseconds are all that a frame every 10 ms can tell."""
    get = attrgetter(name)
    return lambda rep: round(get(rep), 3)


def _faults(rep: RepRecord) -> Cell:
    return safe_text(";".join(str(fault["name"]) for fault in rep.faults))


_COLUMNS: Final[dict[str, _Getter]] = {
    "session_id": _text("session_id"),
    "set_index": attrgetter("set_index"),
    "rep_index": attrgetter("rep_index"),
    "person_id": _text("person_id"),
    "drill": _text("drill"),
    "started_utc": lambda rep: iso_utc(rep.started_utc),
    "kind": _text("kind"),
    "start_s": _seconds("start_s"),
    "bottom_s": _seconds("bottom_start_s"),
    "end_s": _seconds("end_s"),
    "eccentric_s": _seconds("eccentric_s"),
    "pause_s": _seconds("pause_s"),
    "concentric_s": _seconds("concentric_s"),
    "depth": attrgetter("depth"),
    "body_weight_n": attrgetter("body_weight_n"),
    "heel_share_standing": attrgetter("heel_share_standing"),
    "heel_share_bottom": attrgetter("heel_share_bottom"),
    "heel_share_min": attrgetter("heel_share_min"),
    "heel_share_max": attrgetter("heel_share_max"),
    "asymmetry_pct": attrgetter("asymmetry_pct"),
    "cop_ap_range_mm": attrgetter("cop_ap_range_mm"),
    "cop_ml_range_mm": attrgetter("cop_ml_range_mm"),
    "contact_head_pct": attrgetter("contact_head_pct"),
    "contact_mid_back_pct": attrgetter("contact_mid_back_pct"),
    "contact_tailbone_pct": attrgetter("contact_tailbone_pct"),
    "first_loss": _text("first_loss"),
    "first_loss_phase": _text("first_loss_phase"),
    "faults": _faults,
    "score": attrgetter("score"),
    "external_load_kg": attrgetter("external_load_kg"),
    "heel_block_mm": attrgetter("heel_block_mm"),
    "calibration_id": _text("calibration_id"),
}

REP_COLUMNS: Final = tuple(_COLUMNS)


def reps_csv(reps: Iterable[RepRecord]) -> Iterator[bytes]:
    """The file's bytes, piece by piece, from `History.reps`."""
    getters = _COLUMNS.values()
    return csv_bytes(REP_COLUMNS, ([get(rep) for get in getters] for rep in reps))
