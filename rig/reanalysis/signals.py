"""The signals CSV: one row per frame, what the analysis computed for it."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

import numpy as np

from rig.analysis.events import Event
from rig.analysis.pipeline import Output
from rig.export.text import Cell, csv_bytes
from rig.frames import Block, Flag, Forces
from rig.names import CHANNELS, PADS

_NUMBERS: Final = (
    "fz_n",
    "heel_share",
    "heel_share_left",
    "heel_share_right",
    "asymmetry_pct",
    "cop_ml_mm",
    "cop_ap_mm",
)
SIGNAL_COLUMNS: Final = ("t_s", *_NUMBERS, *(f"contact_{pad}" for pad in PADS), "phase")
LEAN_COLUMNS: Final = ("inclination_deg", "inclination_sd_deg")
"""Behind them, where the recording has the dowel's sensor in its first block."""
_IMU: Final = CHANNELS.index("imu")


def signals_csv(outputs: Iterable[tuple[Block | Forces, Output]]) -> Iterator[bytes]:
    """The file's bytes; empty cells where a signal is not known, contacts as 0 or 1."""
    rest = iter(outputs)
    first = list(islice(filter(lambda item: len(item[0]), rest), 1))
    leans = LEAN_COLUMNS if any(_has_sensor(block) for block, _ in first) else ()
    yield from csv_bytes((*SIGNAL_COLUMNS, *leans), _rows(chain(first, rest), leans))


def _has_sensor(block: Block | Forces) -> bool:
    if "flags" in (block.dtype.names or ()):
        return bool((block["flags"][:, _IMU] & Flag.ABSENT == 0).any())
    return bool(np.isfinite(block["imu_values"]).any())


def _rows(
    outputs: Iterable[tuple[Block | Forces, Output]], leans: tuple[str, ...]
) -> Iterator[list[Cell]]:
    first_t_ns: int | None = None
    phase = "standing"
    for block, output in outputs:
        if not len(block):
            continue
        first_t_ns = int(block["t_ns"][0]) if first_t_ns is None else first_t_ns
        since_ns = (block["t_ns"] - first_t_ns).tolist()
        columns = [output.signals[name].tolist() for name in _NUMBERS]
        pads = _contacts(output)
        lean_columns = [output.signals[name].tolist() for name in leans]
        changes = _phases(output.events)
        for row, (t_ns, *numbers, contacts) in enumerate(
            zip(since_ns, *columns, pads, strict=True)
        ):
            phase = changes.get(t_ns, phase)
            lean = _known(column[row] for column in lean_columns)
            yield [f"{t_ns * 1e-9:.9f}", *_known(numbers), *contacts, phase, *lean]


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
