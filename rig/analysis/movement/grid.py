"""Frames at whatever rate, gathered into steps of 20 ms for the movement stage.

Recordings come at 50 to 1000 frames a second, with holes and uneven times. Means over fixed steps
of stream time make every later window a number of steps, whatever the rate.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.sample import Sample
from rig.frames import SIGNALS, Signals
from rig.names import PADS

STEP_NS: Final = 20_000_000
STEP_S: Final = STEP_NS * 1e-9

_BRIDGED_NS: Final = 300_000_000  # shorter holes, such as a chip's recovery, get a straight line
_AT: Final = {name: at // 8 for name, (_, at, *_) in (SIGNALS.fields or {}).items()}
_NUMBERS: Final = np.dtype(("<f8", (_AT["contact"],)))  # with which SIGNALS begins
_LEFT_HEEL, _RIGHT_HEEL = _AT["cell_n"], _AT["cell_n"] + 2
_PLATES: Final = ("fz_n", "heel_share", "asymmetry_pct", "cop_ml_mm", "cop_ap_mm")
_TAKEN: Final = np.array(  # of these numbers, in a sample's order
    [*(_AT[name] for name in _PLATES), _LEFT_HEEL, *range(_AT["pad_n"], _AT["contact"])]
)
_SIZE: Final = len(_TAKEN)
_SIMPLE: Final = _SIZE - len(PADS)
_HEELS: Final = _SIMPLE - 1  # the row of the force on both heels
_LINES: Final = _SIMPLE + 1  # and the time: what is bridged by straight lines

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

_FIRST_ROW: Final = np.zeros(1, np.intp)


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

    def feed(self, t_ns: Times, signals: Signals) -> Iterator[Turn]:
        """The steps that these frames complete, to be taken before the next frames are fed.

        `t_ns` is since the first frame, increasing.
        """
        self._waiting.append((t_ns, signals))
        if int(t_ns[-1]) // STEP_NS == self._open_step:
            return iter(())
        before = sum(len(times) for times, _ in self._waiting[:-1])
        times = np.concatenate([t for t, _ in self._waiting])
        number = times // STEP_NS
        ends = (number[1:] != number[:-1]).nonzero()[0] + 1  # each the beginning of the next step
        self._open_step = int(number[-1])
        if not len(ends):
            return iter(())
        last = int(ends[-1])
        numbers = np.concatenate([s.getfield(_NUMBERS) for _, s in self._waiting])
        contact = np.concatenate([s["contact"] for _, s in self._waiting])
        means = _means(times[:last], numbers[:last], contact[:last], ends)
        held = last - before  # frames of this block, all of those before it are in a step
        self._waiting = [(t_ns[held:], signals[held:])]
        return filter(None, map(self._turn, (ends - before).tolist(), means))

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


def _bridge(last: Sample, sample: Sample, missing: int) -> list[Sample]:
    """Samples on the straight line over a short hole; pads as they were before it."""
    ends = np.array([last[:_LINES], sample[:_LINES]], dtype=np.float64)
    shares = np.arange(1, missing + 1)[:, None] / (missing + 1)
    lines = ends[0] + shares * (ends[1] - ends[0])
    return [Sample(round(t_ns), *plates, *last[_LINES:]) for t_ns, *plates in lines.tolist()]


def _means(times: Times, numbers: Floats, contact: Mask, ends: Rows) -> Iterator[Sample]:
    """One sample for each step; of what is known in it."""
    values = numbers.T.take(_TAKEN, axis=0)
    values[_HEELS] += numbers[:, _RIGHT_HEEL]
    known = np.isfinite(values)
    values[~known] = 0.0
    starts = np.concatenate((_FIRST_ROW, ends[:-1]))
    sums = np.add.reduceat(np.concatenate((values, known, contact.T)), starts, axis=1)
    total, count, touching = sums[:_SIZE], sums[_SIZE : 2 * _SIZE], sums[2 * _SIZE :]
    frames = ends - starts
    middle = np.add.reduceat(times, starts) // frames
    means = np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
    columns = (
        middle.tolist(),
        *means[:_SIMPLE].tolist(),
        zip(*means[_SIMPLE:].tolist(), strict=True),
        zip(*(touching / frames).tolist(), strict=True),
        zip(*(count[_SIMPLE:] > 0).tolist(), strict=True),
    )
    return map(Sample._make, zip(*columns, strict=True))
