"""A rig's calibration: the contract's JSON, checked, and the typical one a new rig starts with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from rig.errors import CalibrationError
from rig.names import CELLS, PADS
from rig.quote import quoted, shortened

TYPICAL_COUNTS_PER_N: Final = 2190.0  # 200 kg, 2 mV/V cell, gain 128, excitation = AVDD
_LONGEST_TEXT: Final = 100
_LEAST_GAIN: Final = 1e-3
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "zero_counts": (-(2.0**31), 2.0**31),
    "counts_per_n": (-1e9, 1e9),
    "ml_mm": (-5000.0, 5000.0),
    "ap_mm": (-5000.0, 5000.0),
    "lsb_v": (1e-9, 1.0),
    "supply_v": (0.1, 50.0),
    "divider_ohm": (1.0, 1e9),
    "parallel_ohm": (1.0, 1e12),
    "siemens_at_1n": (1e-12, 1.0),
    "exponent": (0.05, 20.0),
    "value": (-100.0, 100.0),  # of the crosstalk's matrix
}
"""What can be right at all, so that nothing that is stored can break a computation."""
_PLATE_ML_MM: Final = 125.0
_PLATE_AP_MM: Final = 80.0


@dataclass(frozen=True)
class CellCalibration:
    """One load cell: force = (counts - zero_counts) / counts_per_n, at a place on the platform."""

    zero_counts: float
    counts_per_n: float
    ml_mm: float
    ap_mm: float


@dataclass(frozen=True)
class PadCalibration:
    """One pad: volts from counts, conductance from volts, force from conductance.

    `conductance = siemens_at_1n * force_n ** exponent`; `parallel_ohm` is None where there is no
    resistor across the pad. The defaults are typical of the part.
    """

    lsb_v: float = 0.000125
    supply_v: float = 3.3
    divider_ohm: float = 4700.0
    parallel_ohm: float | None = 470_000.0
    siemens_at_1n: float = 0.00018
    exponent: float = 0.9

    @property
    def is_typical(self) -> bool:
        """Whether its force is that of the part, not measured on this pad."""
        typical = PadCalibration()
        return (self.siemens_at_1n, self.exponent) == (typical.siemens_at_1n, typical.exponent)


@dataclass(frozen=True)
class Calibration:
    """Everything between counts and newtons, in the orders of `CELLS` and `PADS`."""

    id: str
    created_utc: str
    rig_id: str
    cells: tuple[CellCalibration, ...]
    pads: tuple[PadCalibration, ...]
    crosstalk: tuple[tuple[float, ...], ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's document."""
        return {
            "version": 1,
            "id": self.id,
            "created_utc": self.created_utc,
            "rig_id": self.rig_id,
            "cells": {name: asdict(cell) for name, cell in zip(CELLS, self.cells, strict=True)},
            "pads": {name: asdict(pad) for name, pad in zip(PADS, self.pads, strict=True)},
            "crosstalk": [list(row) for row in self.crosstalk] if self.crosstalk else None,
        }

    def with_zeros(
        self, zero_counts: Sequence[float], *, id: str, created_utc: str
    ) -> "Calibration":
        """The same calibration after a tare: other zeros, an id and a time of its own."""
        cells = tuple(
            replace(cell, zero_counts=float(zero))
            for cell, zero in zip(self.cells, zero_counts, strict=True)
        )
        return replace(self, id=id, created_utc=created_utc, cells=cells)


def typical_calibration(rig_id: str, *, id: str, created_utc: str) -> Calibration:
    """What a rig starts with: data-sheet gains, zeros unknown until the first tare."""
    cells = tuple(
        CellCalibration(
            0.0,
            TYPICAL_COUNTS_PER_N,
            _PLATE_ML_MM * (-1 if name.startswith("left") else 1),
            _PLATE_AP_MM * (-1 if name.endswith("heel") else 1),
        )
        for name in CELLS
    )
    return Calibration(id, created_utc, rig_id, cells, tuple(PadCalibration() for _ in PADS))


def read_calibration(text: str, source: str) -> Calibration:
    """The contract's JSON text; `CalibrationError` names `source` and what is wrong."""
    try:
        return parse_calibration(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise CalibrationError(
            f"{source}: cannot be read as JSON: {shortened(str(error), 200)}"
        ) from None
    except CalibrationError as error:
        raise CalibrationError(f"{source}: {error}") from None


def parse_calibration(document: object) -> Calibration:
    """Check a decoded document and make a `Calibration` of it."""
    top = _mapping(document, "the calibration")
    if top.get("version") != 1:
        raise CalibrationError(f"version is {quoted(top.get('version'))}, this program reads 1")
    return Calibration(
        id=_text(top, "id"),
        created_utc=_text(top, "created_utc"),
        rig_id=_text(top, "rig_id"),
        cells=tuple(_cell(*item) for item in _channels(top, "cells", CELLS)),
        pads=tuple(_pad(*item) for item in _channels(top, "pads", PADS)),
        crosstalk=_crosstalk(top.get("crosstalk")),
    )


def with_later_pads(document: object) -> object:
    """A calibration of before a pad was added, as in an old recording: that pad's is typical."""
    if not isinstance(document, dict) or not isinstance(document.get("pads"), dict):
        return document
    return {
        **document,
        "pads": {**{pad: asdict(PadCalibration()) for pad in PADS}, **document["pads"]},
    }


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CalibrationError(f"{where} must be an object, not {type(value).__name__}")
    return value


def _text(top: Mapping[str, Any], key: str) -> str:
    value = top.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_TEXT or not value.isprintable():
        raise CalibrationError(
            f"{key} must be a text of 1 to {_LONGEST_TEXT} printable characters, "
            f"not {quoted(value)}"
        )
    return value


def _channels(
    top: Mapping[str, Any], key: str, names: tuple[str, ...]
) -> list[tuple[str, Mapping[str, Any]]]:
    table = _mapping(top.get(key), key)
    if set(table) != set(names):
        found = shortened(", ".join(map(str, table)), 200)
        raise CalibrationError(f"{key} must be exactly {', '.join(names)}, not {found}")
    return [(f"{key}.{name}", _mapping(table[name], f"{key}.{name}")) for name in names]


def _number(table: Mapping[str, Any], where: str, key: str) -> float:
    """A finite number within what can be right for this key."""
    value = table.get(key)
    low, high = _LIMITS[key]
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
        return float(value)
    raise CalibrationError(
        f"{where}.{key} must be a number from {low:g} to {high:g}, not {quoted(value)}"
    )


def _cell(where: str, table: Mapping[str, Any]) -> CellCalibration:
    gain = _number(table, where, "counts_per_n")
    if abs(gain) < _LEAST_GAIN:
        raise CalibrationError(f"{where}.counts_per_n must not be 0")
    return CellCalibration(
        _number(table, where, "zero_counts"),
        gain,
        _number(table, where, "ml_mm"),
        _number(table, where, "ap_mm"),
    )


def _pad(where: str, table: Mapping[str, Any]) -> PadCalibration:
    parallel = table.get("parallel_ohm")
    return PadCalibration(
        _number(table, where, "lsb_v"),
        _number(table, where, "supply_v"),
        _number(table, where, "divider_ohm"),
        None if parallel is None else _number(table, where, "parallel_ohm"),
        _number(table, where, "siemens_at_1n"),
        _number(table, where, "exponent"),
    )


def _crosstalk(value: object) -> tuple[tuple[float, ...], ...] | None:
    if value is None:
        return None
    size = len(CELLS)
    if (
        not isinstance(value, list)
        or [len(r) if isinstance(r, list) else -1 for r in value] != [size] * size
    ):
        raise CalibrationError(f"crosstalk must be null or {size} rows of {size} numbers")
    return tuple(
        tuple(_number({"value": item}, "crosstalk", "value") for item in row) for row in value
    )
