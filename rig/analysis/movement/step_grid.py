"""Frames at whatever rate, gathered into steps of 20 ms and nodes of 80 ms.

Recordings come at 50 to 1000 frames a second, with holes and uneven times. Means over fixed steps
of stream time make every later window a number of steps, whatever the rate. What a person does is
decided at nodes, so steps are made when a node is complete: live, that is cheaper.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.outage import OutageFiller
from rig.analysis.movement.step import NODE_NS, STEP, STEP_NS, STEP_S, Steps, joined
from rig.frames import Signals
from rig.names import PADS

_BRIDGED: Final = round(0.5 / STEP_S)  # shorter holes, such as a chip's recovery, get a line
_PLATES: Final = ("fz_n", "heel_share", "asymmetry_pct", "cop_ml_mm", "cop_ap_mm")

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]

_FIRST: Final = np.zeros(1, np.intp)


class Run(NamedTuple):
    """Steps that follow each other, after a hole of `gap_s` that is too long to be bridged.

    `rows` are those of the block whose frames completed the steps' nodes; `number` is that of the
    first step in stream time.
    """

    number: int
    rows: list[int]
    steps: Steps
    gap_s: float


class StepGrid:
    """Gathers frames until the first one of another node."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Times, Signals]] = []
        self._open_node = -1
        self._latest_ns = np.int64(0)
        self._outages = OutageFiller()
        self._last: Steps = np.zeros(0, STEP)
        self._last_number = 0
        self.made: tuple[list[int], Steps] | None = None
        """The steps of the last block before those without a known force are left out, and the
        row of the frame that completed the node of each."""

    def feed(self, t_ns: Times, signals: Signals) -> list[Run]:
        """The steps of whole nodes up to now; `t_ns` is since the first frame.

        Where time runs backwards it is taken to stand still.
        """
        if len(t_ns) > 1 or t_ns[0] < self._latest_ns:
            t_ns = np.maximum.accumulate(np.maximum(t_ns, self._latest_ns))
        self._latest_ns = t_ns[-1]
        self.made = None
        self._waiting.append((t_ns, signals))
        node = int(t_ns[-1]) // NODE_NS
        if node == self._open_node:
            return []
        self._open_node = node
        before = sum(len(times) for times, _ in self._waiting[:-1])
        times = np.concatenate([t for t, _ in self._waiting])
        last = int(times.searchsorted(node * NODE_NS))
        if not last:
            return []
        frames = joined([s for _, s in self._waiting])[:last]
        held = last - before  # frames of this block, all of those before it are in a step
        self._waiting = [(t_ns[held:], signals[held:])]
        number = times // STEP_NS
        ends = (number[1 : last + 1] != number[:last]).nonzero()[0] + 1  # each begins another step
        number = number[ends - 1]
        rows = times.searchsorted((number * STEP_NS // NODE_NS + 1) * NODE_NS) - before
        steps = _means(times[:last], frames, ends)
        self._outages.fill(steps)
        self.made = rows.tolist(), steps
        return list(self._runs(number, rows, steps))

    def _runs(self, number: Times, rows: Rows, steps: Steps) -> Iterator[Run]:
        """Without steps in which total force is not known; short holes bridged."""
        known = np.isfinite(steps["fz_n"])
        if not known.all():
            number, rows, steps = number[known], rows[known], steps[known]
        if not len(steps):
            return
        first = len(self._last) == 0
        missing = np.diff(number, prepend=number[0] - 1 if first else self._last_number) - 1
        before = joined([steps[:1] if first else self._last, steps])
        self._last, self._last_number = steps[-1:], int(number[-1])
        if not missing.any():
            yield Run(int(number[0]), rows.tolist(), steps, 0.0)
            return
        at = 0
        for hole in (*missing.nonzero()[0].tolist(), len(steps)):
            if hole > at:
                yield Run(int(number[at]), rows[at:hole].tolist(), steps[at:hole], 0.0)
            if hole < len(steps):
                one = slice(hole, hole + 1)
                at_hole = int(number[hole]), int(missing[hole]), int(rows[hole])
                yield _after_hole(before[one], steps[one], *at_hole)
            at = hole + 1


def _after_hole(last: Steps, step: Steps, number: int, missing: int, row: int) -> Run:
    """The step after a hole, with those on the straight line over a short one."""
    if missing > _BRIDGED:
        return Run(number, [row], step, float(step["t_s"][0] - last["t_s"][0]))
    bridge = np.repeat(last, missing)
    bridge["hole_s"] = missing * STEP_S
    shares = np.arange(1, missing + 1) / (missing + 1)
    for name in ("t_s", *_PLATES):
        bridge[name] = last[name] + shares * (step[name] - last[name])
    bridge["cell_n"] = last["cell_n"] + shares[:, None] * (step["cell_n"] - last["cell_n"])
    return Run(number - missing, [row] * (missing + 1), joined([bridge, step]), 0.0)


def _means(times: Times, frames: Signals, ends: Rows) -> Steps:
    """One step for each of `ends`."""
    starts = np.concatenate((_FIRST, ends[:-1]))
    sizes = ends - starts
    out = np.zeros(len(ends), STEP)
    out["t_s"] = (np.add.reduceat(times, starts) // sizes) * 1e-9
    columns = [*(frames[name] for name in _PLATES), *frames["cell_n"].T, *frames["pad_n"].T]
    means, known = _known_means(np.array(columns), starts)
    for name in ("inclination_deg", "inclination_sd_deg"):
        out[name] = _inclination(frames[name], starts)
    for name, mean in zip(_PLATES, means, strict=False):
        out[name] = mean
    pads = slice(-len(PADS), None)
    out["cell_n"] = means[len(_PLATES) : -len(PADS)].T
    out["pad_n"], out["pads_valid"] = means[pads].T, known[pads].T
    touching = np.add.reduceat(frames["contact"].astype(np.float64), starts, axis=0)
    out["touch"] = touching / sizes[:, None]
    return out


def _inclination(deg: Floats, starts: Rows) -> Floats:
    """Means in each step; in most recordings there is no inclination."""
    if np.isnan(deg).all():
        return np.full(len(starts), np.nan)
    means: Floats = _known_means(deg[None, :].copy(), starts)[0][0]
    return means


def _known_means(values: Floats, starts: Rows) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Means of what is known in each step, and whether anything is; (columns, steps)."""
    known = np.isfinite(values)
    values[~known] = 0.0
    total = np.add.reduceat(values, starts, axis=1)
    count = np.add.reduceat(known.astype(np.float64), starts, axis=1)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan), count > 0
