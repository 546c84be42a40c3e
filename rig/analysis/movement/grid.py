"""Frames at whatever rate, gathered into steps of 20 ms for the movement stage.

Recordings come at 50 to 1000 frames a second, with holes and uneven times. Means over fixed steps
of stream time make every later window a number of steps, whatever the rate.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.sample import Sample
from rig.frames import Signals
from rig.names import CELLS, CHANNELS

STEP_NS: Final = 20_000_000
STEP_S: Final = STEP_NS * 1e-9

_BRIDGED_NS: Final = 300_000_000  # shorter holes, such as a chip's recovery, get a straight line
_PLATES: Final = ("fz_n", "heel_share", "asymmetry_pct", "cop_ml_mm", "cop_ap_mm")
_SIMPLE: Final = len(_PLATES) + 1  # and the force on the heels
_LINES: Final = _SIMPLE + 1  # and the time: what is bridged by straight lines

_FIRST_ROW: Final = np.zeros(1, np.intp)

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]


class Turn(NamedTuple):
    """What the frame in row `row` of a block completed: samples, after a hole of `gap_s`."""

    row: int
    samples: list[Sample]
    gap_s: float


class Grid:
    """Gathers frames; a step is complete with the first frame after it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Times, Signals]] = []
        self._open_step = -1
        self._last: Sample | None = None

    def feed(self, t_ns: Times, signals: Signals) -> list[Turn]:
        """The steps that these frames complete; `t_ns` since the first frame, increasing."""
        self._waiting.append((t_ns, signals))
        if int(t_ns[-1]) // STEP_NS == self._open_step:
            return []
        before = sum(len(times) for times, _ in self._waiting[:-1])
        times = np.concatenate([t for t, _ in self._waiting])
        rows = _joined([s for _, s in self._waiting])
        number = times // STEP_NS
        ends = np.flatnonzero(number[1:] != number[:-1]) + 1  # each the beginning of the next step
        self._open_step = int(number[-1])
        if not len(ends):
            return []
        last = int(ends[-1])
        self._waiting = [(times[last:], rows[last:])]
        starts = np.concatenate([_FIRST_ROW, ends[:-1]])
        means = _means(times[:last], rows[:last], starts)
        turns = [self._turn(end - before, m) for end, m in zip(ends.tolist(), means, strict=True)]
        return [turn for turn in turns if turn is not None]

    def _turn(self, row: int, sample: Sample) -> Turn | None:
        """Nothing for a step in which total force is not known."""
        if sample.fz_n != sample.fz_n:
            return None
        last, self._last = self._last, sample
        if last is None:
            return Turn(row, [sample], 0.0)
        hole_ns = sample.t_ns - last.t_ns
        if hole_ns > _BRIDGED_NS:
            return Turn(row, [sample], hole_ns * 1e-9)
        missing = sample.t_ns // STEP_NS - last.t_ns // STEP_NS - 1
        return Turn(row, [*_bridge(last, sample, missing), sample] if missing else [sample], 0.0)


def _joined(parts: list[Signals]) -> Signals:
    """One behind the other; by copying, which is far quicker than numpy's own way."""
    if len(parts) == 1:
        return parts[0]
    joined = np.empty(sum(map(len, parts)), parts[0].dtype)
    at = 0
    for part in parts:
        joined[at : at + len(part)] = part
        at += len(part)
    return joined


def _bridge(last: Sample, sample: Sample, missing: int) -> list[Sample]:
    """Samples on the straight line over a short hole; pads as they were before it."""
    ends = np.array([last[:_LINES], sample[:_LINES]], dtype=np.float64)
    shares = np.arange(1, missing + 1)[:, None] / (missing + 1)
    lines = ends[0] + shares * (ends[1] - ends[0])
    return [Sample(round(t_ns), *plates, *last[_LINES:]) for t_ns, *plates in lines.tolist()]


def _means(times: Times, rows: Signals, starts: npt.NDArray[np.intp]) -> list[Sample]:
    """One sample for each step; of what is known in it."""
    plates = [rows[name] for name in _PLATES]
    plates.append(rows["cell_n"][:, 0] + rows["cell_n"][:, 2])
    pads_known = (rows["valid"][:, None] >> np.arange(len(CELLS), len(CHANNELS)) & 1).astype(bool)
    pads = np.where(pads_known, rows["pad_n"], np.nan)
    table = _mean_known(np.column_stack([*plates, pads]), starts)
    counts = np.diff(starts, append=len(times))
    middle = np.add.reduceat(times - times[starts].repeat(counts), starts) // counts + times[starts]
    touch = np.add.reduceat(rows["contact"].astype(np.float64), starts) / counts[:, None]
    columns = [
        middle.tolist(),
        *table[:, :_SIMPLE].T.tolist(),
        map(tuple, table[:, _SIMPLE:].tolist()),
        map(tuple, touch.tolist()),
        map(tuple, np.logical_or.reduceat(pads_known, starts).tolist()),
    ]
    return list(map(Sample._make, zip(*columns, strict=True)))


def _mean_known(table: Floats, starts: npt.NDArray[np.intp]) -> Floats:
    """Mean of the finite values of each column in each step; NaN where there is none."""
    known = np.isfinite(table)
    total = np.add.reduceat(np.where(known, table, 0.0), starts)
    count = np.add.reduceat(known.astype(np.float64), starts)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
