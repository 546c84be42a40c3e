"""The signals CSV: one row per frame, what the analysis computed for it."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from rig.analysis.events import Event
from rig.analysis.pipeline import Output
from rig.export.text import Cell, csv_bytes
from rig.frames import Block, Forces
from rig.names import PADS

_NUMBERS: Final = (
    "fz_n",
    "heel_share",
    "heel_share_left",
    "heel_share_right",
    "asymmetry_pct",
    "cop_ml_mm",
    "cop_ap_mm",
)
_LEAN: Final = ("inclination_deg", "inclination_sd_deg")
SIGNAL_COLUMNS: Final = (
    "t_s", *_NUMBERS, *(f"contact_{pad}" for pad in PADS), "phase", *_LEAN,
)  # fmt: skip


def signals_csv(outputs: Iterable[tuple[Block | Forces, Output]]) -> Iterator[bytes]:
    """The file's bytes; empty cells where a signal is not known, contacts as 0 or 1."""
    return csv_bytes(SIGNAL_COLUMNS, _rows(outputs))


def _rows(outputs: Iterable[tuple[Block | Forces, Output]]) -> Iterator[list[Cell]]:
    first_t_ns: int | None = None
    phase = "standing"
    for block, output in outputs:
        if not len(block):
            continue
        first_t_ns = int(block["t_ns"][0]) if first_t_ns is None else first_t_ns
        since_ns = (block["t_ns"] - first_t_ns).tolist()
        columns = [output.signals[name].tolist() for name in _NUMBERS]
        pads = _contacts(output)
        leans = zip(*(output.signals[name].tolist() for name in _LEAN), strict=True)
        changes = _phases(output.events)
        for t_ns, *numbers, contacts, lean in zip(since_ns, *columns, pads, leans, strict=True):
            phase = changes.get(t_ns, phase)
            yield [f"{t_ns * 1e-9:.9f}", *_known(numbers), *contacts, phase, *_known(lean)]


def _known(numbers: Iterable[float]) -> list[float | None]:
    return [None if number != number else number for number in numbers]


def _contacts(output: Output) -> list[list[Cell]]:
    """Per frame and pad 1 or 0, None where the pad is not known."""
    known = np.isfinite(output.signals["pad_n"]).tolist()
    touching = output.signals["contact"].tolist()
    return [
        [int(touches) if ok else None for touches, ok in zip(row, row_known, strict=True)]
        for row, row_known in zip(touching, known, strict=True)
    ]


def _phases(events: list[Event]) -> dict[int, str]:
    return {event.t_ns: event.values["phase"] for event in events if event.name == "phase"}
