"""What the search for bends knows of each node: a point in time every 80 ms.

Running sums make the integral of force over any window a difference. The other columns are the
search's own: what it costs to explain all forces up to a node with the person upright there.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.step import NODE_S, NODE_STEPS, STEP, STEP_S, Steps
from rig.analysis.settings import BendSettings

GRAVITY: Final = 9.80665
_ROOM: Final = 4096  # nodes that there is room for, and
_KEPT: Final = 768  # how many are kept when it is used up: a minute
_LOOKED_AT: Final = 5  # nodes whose means tell stillness: 0.4 s

Floats = npt.NDArray[np.float64]


class Trellis:
    """Columns of nodes and of steps; node k is the end of step `NODE_STEPS * k`.

    Numbers go down by what `add` returns when the oldest are forgotten.
    """

    def __init__(self, settings: BendSettings) -> None:
        self._settings = settings
        self.last = 0
        rows = _ROOM * NODE_STEPS + 1
        self.steps: Steps = np.zeros(rows, STEP)
        self.i1, self.i2 = np.zeros((2, rows))  # first and second integral of force, N s, N s²
        self.force_n = np.zeros(_ROOM)  # mean over the node's steps
        self.level_n = np.zeros(_ROOM)  # mean over the last 0.4 s, and how it deviates from that
        self.still = np.zeros(_ROOM, np.bool_)
        self.still_s = np.zeros(_ROOM)  # integral of stillness, 0 to 1, over time
        self.doubt_var = np.zeros(_ROOM)  # (m/s)²: how wrong velocity has got besides
        self.heel_share = np.zeros(_ROOM)
        self.cost = np.full(_ROOM, np.inf)
        self.weight_n = np.zeros(_ROOM)
        self.weight_sd = np.zeros(_ROOM)  # as a share of the weight
        self.usual_m = np.zeros(_ROOM)  # drop of the bends so far

    def add(self, steps: Steps) -> int:
        """Take the steps of some nodes; by how much the numbers of nodes have gone down."""
        count = len(steps) // NODE_STEPS
        shift = self._make_room(count)
        first, old = self.last + 1, self.last * NODE_STEPS
        self.last += count
        rows = slice(old + 1, old + 1 + len(steps))
        self.steps[rows] = steps
        self._integrate(old, steps["fz_n"])
        nodes = slice(first, first + count)
        self.cost[nodes], self.weight_n[nodes] = np.inf, 0.0
        self.force_n[nodes] = node_means(steps["fz_n"])
        self.heel_share[nodes] = _last_known(
            float(self.heel_share[first - 1]), node_means(steps["heel_share"])
        )
        self._watch_stillness(first, count)
        self._doubt(first, steps["hole_s"])
        return shift

    def _doubt(self, first: int, hole_s: Floats) -> None:
        """How wrong velocity gets, from holes and from changes quicker than the cells are read."""
        s, nodes = self._settings, slice(first, first + len(hole_s) // NODE_STEPS)
        force = self.force_n[first - 1 : nodes.stop]
        quick = s.quick_m_s * (force[1:] - force[:-1]) / np.maximum(force[1:], 1.0)
        holes = (s.hole * GRAVITY) ** 2 * NODE_S * node_means(hole_s)
        self.doubt_var[nodes] = _summed(self.doubt_var[first - 1], holes + quick * quick)

    def deviation(self, node: int) -> float:
        """Standard deviation of force over the last 0.4 s, as a share of its mean."""
        steps = self.steps["fz_n"][
            max((node - _LOOKED_AT) * NODE_STEPS, 0) + 1 : node * NODE_STEPS + 1
        ]
        return float(steps.std() / max(steps.mean(), 1.0))

    def _integrate(self, old: int, force_n: Floats) -> None:
        new = slice(old + 1, old + 1 + len(force_n))
        self.i1[new] = _summed(self.i1[old], force_n * STEP_S)
        before = self.i1[old : old + len(force_n)]
        self.i2[new] = _summed(self.i2[old], (before + force_n * (STEP_S / 2)) * STEP_S)

    def _watch_stillness(self, first: int, count: int) -> None:
        s, nodes = self._settings, slice(first, first + count)
        m = [self.force_n[max(first - back, 0) :][:count] for back in range(_LOOKED_AT)]
        if first < _LOOKED_AT:
            m = [
                self.force_n[np.maximum(np.arange(first, first + count) - back, 0)]
                for back in range(_LOOKED_AT)
            ]
        level = (m[4] + m[3] + m[2] + m[1] + m[0]) / _LOOKED_AT
        off = [(each - level) ** 2 for each in m]
        level = np.maximum(level, 1.0)
        sd = np.sqrt((off[4] + off[3] + off[2] + off[1] + off[0]) / _LOOKED_AT) / level
        trend = np.abs(m[0] + m[1] - m[3] - m[4]) / 2 / level
        self.level_n[nodes] = level
        self.still[nodes] = (sd < s.still) & (trend < s.still)
        stillness = NODE_S / (1 + (sd / s.still) ** 2)
        self.still_s[nodes] = _summed(self.still_s[first - 1], stillness)

    def _make_room(self, count: int) -> int:
        if self.last + count < _ROOM:
            return 0
        shift = self.last - _KEPT
        for column in vars(self).values():
            if isinstance(column, np.ndarray):
                many = NODE_STEPS if len(column) > _ROOM else 1
                kept = column[shift * many : (self.last + 1) * many].copy()
                column[: len(kept)] = kept
        self.last = _KEPT
        return shift


def node_means(values: Floats) -> Floats:
    """Means over the steps of each node, along the first axis."""
    first, second, third, fourth = (values[at::NODE_STEPS] for at in range(NODE_STEPS))
    mean: Floats = (first + second + third + fourth) / NODE_STEPS
    return mean


def _last_known(before: float, values: Floats) -> Floats:
    """The values, and where one is not known the last one that was."""
    rows = np.arange(len(values) + 1)
    every = np.concatenate(([before], values))
    known: Floats = every[np.maximum.accumulate(np.where(np.isfinite(every), rows, 0))][1:]
    return known


def _summed(before: float, values: Floats) -> Floats:
    """Running sums that go on from `before`, added one after the other."""
    sums: Floats = np.concatenate(([before], values)).cumsum()[1:]
    return sums
