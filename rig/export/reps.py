"""`reps.csv`: one row per repetition."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rig.export.text import Cell, csv_bytes, safe_text
from rig.storage.history import RepRecord
from rig.utc import iso_utc

_Getter = Callable[[RepRecord], Cell]


def _plain(name: str) -> _Getter:
    def get(rep: RepRecord) -> Cell:
        value: Cell = getattr(rep, name)
        return safe_text(value) if isinstance(value, str) else value

    return get


def _seconds(name: str) -> _Getter:
    """Whole milliseconds are all that a frame every 10 ms can tell."""
    return lambda rep: round(getattr(rep, name), 3)


def _faults(rep: RepRecord) -> Cell:
    return safe_text(";".join(str(fault["name"]) for fault in rep.faults))


_COLUMNS: Final[dict[str, _Getter]] = {
    "session_id": _plain("session_id"),
    "set_index": _plain("set_index"),
    "rep_index": _plain("rep_index"),
    "person_id": _plain("person_id"),
    "drill": _plain("drill"),
    "started_utc": lambda rep: iso_utc(rep.started_utc),
    "kind": _plain("kind"),
    "start_s": _seconds("start_s"),
    "bottom_s": _seconds("bottom_start_s"),
    "end_s": _seconds("end_s"),
    "eccentric_s": _seconds("eccentric_s"),
    "pause_s": _seconds("pause_s"),
    "concentric_s": _seconds("concentric_s"),
    "depth": _plain("depth"),
    "body_weight_n": _plain("body_weight_n"),
    "heel_share_standing": _plain("heel_share_standing"),
    "heel_share_bottom": _plain("heel_share_bottom"),
    "heel_share_min": _plain("heel_share_min"),
    "heel_share_max": _plain("heel_share_max"),
    "asymmetry_pct": _plain("asymmetry_pct"),
    "cop_ap_range_mm": _plain("cop_ap_range_mm"),
    "cop_ml_range_mm": _plain("cop_ml_range_mm"),
    "contact_head_pct": _plain("contact_head_pct"),
    "contact_mid_back_pct": _plain("contact_mid_back_pct"),
    "contact_tailbone_pct": _plain("contact_tailbone_pct"),
    "first_loss": _plain("first_loss"),
    "first_loss_phase": _plain("first_loss_phase"),
    "faults": _faults,
    "score": _plain("score"),
    "external_load_kg": _plain("external_load_kg"),
    "heel_block_mm": _plain("heel_block_mm"),
    "calibration_id": _plain("calibration_id"),
}

REP_COLUMNS: Final = tuple(_COLUMNS)


def reps_csv(reps: Iterable[RepRecord]) -> Iterator[bytes]:
    """The file's bytes, piece by piece, from `History.reps`."""
    getters = _COLUMNS.values()
    return csv_bytes(REP_COLUMNS, ([get(rep) for get in getters] for rep in reps))
