"""Windows of time that can be a bend: from upright and at rest down, and up to rest again.

A window solves its own weight and starting velocity. Force integrated twice over it says what
velocity and height would be at its end if the weight known at its beginning was right. Both should
be 0 there, but for a weight that is a little wrong, people who are not quite at rest, and drift.
How unlikely the two are under these is what a window costs, with what else is known of bends.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.step import NODE_S, NODE_STEPS, STEP_S
from rig.analysis.movement.trellis import GRAVITY, Trellis
from rig.analysis.settings import BendSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

_POINTS: Final = 17  # at which a window's curve is looked at
_NUMBERS: Final = np.arange(_POINTS)
_QUIET_NODES: Final = 6  # nobody has come up from a bend after so long a quiet
_NO_DROP_M: Final = 1e-6


class Window(NamedTuple):
    """The cheapest window that ends at a node; `error` is of acceleration, in m/s²."""

    start: int
    cost: float
    error: float
    weight_sd: float
    drop_m: float


class Windows(NamedTuple):
    """Many windows, a row each: what their ends say, and how uncertain that is."""

    row: Ints  # of the nodes that are asked about
    start: Ints
    lag: Ints
    per_n: Floats  # acceleration for each newton
    velocity: Floats  # m/s, at the end, for a person at rest at the start
    height: Floats  # m
    error_var: Floats  # (m/s²)², of acceleration from a wrong weight
    s11: Floats  # (m/s)²: covariances of the two
    s12: Floats
    s22: Floats

    def chi2(self) -> Floats:
        """How unlikely velocity and height are."""
        v, z = self.velocity, self.height
        squared = self.s22 * v * v - 2 * self.s12 * v * z + self.s11 * z * z
        chi2: Floats = squared / self._det()
        return chi2

    def error(self, t: Floats) -> tuple[Floats, Floats]:
        """What acceleration was wrong by (m/s²), as the ends tell, and its variance."""
        to_v, to_z = self.error_var * t, self.error_var * t * t / 2
        gain_v = (self.s22 * to_v - self.s12 * to_z) / self._det()
        gain_z = (self.s11 * to_z - self.s12 * to_v) / self._det()
        left = self.error_var - gain_v * to_v - gain_z * to_z
        return gain_v * self.velocity + gain_z * self.height, np.maximum(left, 0.0)

    def taken(self, which: Ints) -> "Windows":
        """Only these rows."""
        return Windows._make(column[which] for column in self)

    def _det(self) -> Floats:
        det: Floats = self.s11 * self.s22 - self.s12 * self.s12
        return det


class WindowSearch:
    """Finds the cheapest window for nodes that follow each other, several at once."""

    def __init__(self, settings: BendSettings) -> None:
        s = self._settings = settings
        self.shortest = round(s.shortest_s / NODE_S)
        self._lags = np.arange(self.shortest, round(s.longest_s / NODE_S) + 1)
        t = self._lags.astype(np.float64) * NODE_S
        self._t = t
        self._tempo = 0.5 * (np.log(t / s.usual_s) / s.usual_s_spread) ** 2 - s.bend_bonus
        self._drift_var = (GRAVITY * s.drift) ** 2 * t
        self._least_m = np.minimum(s.least_m + s.least_m_s2 * t * t, s.least_most_m)
        shares = NODE_STEPS * _NUMBERS / (_POINTS - 1)
        self._points = np.round(self._lags[:, None] * shares).astype(np.intp)

    def best(self, trellis: Trellis, nodes: Ints, first: int, bound: Floats) -> list[Window | None]:
        """For each of `nodes` a window that starts at `first` or later and costs below `bound`."""
        found: list[Window | None] = [None] * len(nodes)
        windows, cost = self._plausible(trellis, nodes, first, bound)
        if not len(cost):
            return found
        drop_m, form = self._shapes(trellis, windows)
        usual_m = trellis.usual_m[windows.start]
        size = np.log(np.maximum(drop_m, _NO_DROP_M) / usual_m) / self._settings.usual_m_spread
        cost = cost + form + size * size / 2
        error, error_var = windows.error(self._t[windows.lag])
        sd = np.sqrt(error_var) / GRAVITY
        for row in set(windows.row.tolist()):
            mine = (windows.row == row).nonzero()[0]
            n = int(mine[cost[mine].argmin()])
            if cost[n] < bound[row]:
                found[row] = Window(
                    int(windows.start[n]), *(float(x[n]) for x in (cost, error, sd, drop_m))
                )
        return found

    def _plausible(
        self, trellis: Trellis, nodes: Ints, first: int, bound: Floats
    ) -> tuple[Windows, Floats]:
        """Windows that are cheap enough and end well, and what they cost but for their shape."""
        s, windows = (
            self._settings,
            self._ends(trellis, *self._candidates(trellis, nodes, first, bound)),
        )
        end = nodes[windows.row]
        chi2 = windows.chi2()
        moved = (trellis.heel_share[end] - trellis.heel_share[windows.start]) / s.heel_share_spread
        cost = trellis.cost[windows.start] + self._tempo[windows.lag] + chi2 / 2
        cost += np.log1p(windows.s22 / s.unsure_m**2) / 2
        cost += s.still_cost * (trellis.still_s[end] - trellis.still_s[windows.start])
        cost += np.minimum(moved * moved / 2, s.heel_share_most)
        good = ((chi2 < s.unlikely) & (cost < bound[windows.row])).nonzero()[0]
        return windows.taken(good), cost[good]

    def _candidates(
        self, trellis: Trellis, nodes: Ints, first: int, bound: Floats
    ) -> tuple[Ints, Ints, Ints]:
        """Row, lag and start of every window whose start is cheap enough."""
        starts = np.maximum(nodes[:, None] - self._lags, first)
        can = trellis.cost[starts] < bound[:, None]
        can &= nodes[:, None] - self._lags >= first
        can[self._quiet(trellis, nodes)] = False
        row, lag = can.nonzero()
        return row, lag, starts[row, lag]

    def _quiet(self, trellis: Trellis, nodes: Ints) -> Mask:
        """Where force has been at the weight for half a second."""
        back = np.maximum(nodes[:, None] - np.arange(_QUIET_NODES), 0)
        weight_n = trellis.weight_n[np.maximum(nodes - self.shortest, 0)][:, None]
        near = np.abs(trellis.force_n[back] - weight_n) < self._settings.still * weight_n
        quiet: Mask = near.all(axis=1)
        return quiet

    def _ends(self, trellis: Trellis, row: Ints, lag: Ints, start: Ints) -> Windows:
        s, t = self._settings, self._t[lag]
        end = start + self._lags[lag]
        per_n = GRAVITY / trellis.weight_n[start]
        first, last = start * NODE_STEPS, end * NODE_STEPS
        i1, i2 = trellis.i1[first], trellis.i2[first]
        error_var = (GRAVITY * trellis.weight_sd[start]) ** 2 + self._drift_var[lag]
        doubt_var = trellis.doubt_var[end] - trellis.doubt_var[start]
        rest_var, of_t = s.rest_m_s**2, error_var * t
        return Windows(
            row,
            start,
            lag,
            per_n,
            velocity=per_n * (trellis.i1[last] - i1) - GRAVITY * t,
            height=per_n * (trellis.i2[last] - i2 - i1 * t) - GRAVITY / 2 * t * t,
            error_var=error_var,
            s11=of_t * t + 2 * rest_var + doubt_var,
            s12=(of_t * t / 2 + rest_var + doubt_var / 2) * t,
            s22=(of_t * t / 4 + rest_var + doubt_var / 4) * t * t + s.upright_m**2,
        )

    def _shapes(self, trellis: Trellis, windows: Windows) -> tuple[Floats, Floats]:
        """Drop (m) of each window, and what its shape costs: infinite if no bend has it."""
        s = self._settings
        curves = self._curves(trellis, windows)
        drop = -curves.min(axis=1)
        low = curves < -drop[:, None] / 2
        into, out = low.argmax(axis=1), _POINTS - 1 - low[:, ::-1].argmax(axis=1)
        inside = (into[:, None] <= _NUMBERS) & (out[:, None] >= _NUMBERS)
        again = np.where(inside, curves, -np.inf).max(axis=1) > -s.again_share * drop
        bad = (drop < self._least_m[windows.lag]) | (drop > s.deepest_m) | again
        bad |= curves.max(axis=1) > s.rise_share * drop
        lopsided = np.log((into + 0.5) / (_POINTS - 0.5 - out)) / s.lopsided_spread
        core = np.maximum(s.core_share - (out - into + 1) / _POINTS, 0.0) / s.core_spread
        cost = (lopsided * lopsided + core * core) / 2
        cost[bad] = np.inf
        return drop, cost

    def _curves(self, trellis: Trellis, windows: Windows) -> Floats:
        """Height (m) at the points of each window, 0 and at rest at both ends."""
        points = self._points[windows.lag]
        first = (windows.start * NODE_STEPS)[:, None]
        tau = points.astype(np.float64) * STEP_S
        i1, i2 = trellis.i1[first], trellis.i2[first]
        t = self._t[windows.lag]
        error, velocity = solved(windows.velocity, windows.height, t)
        z: Floats = windows.per_n[:, None] * (trellis.i2[first + points] - i2 - i1 * tau)
        z += tau * (velocity[:, None] - (GRAVITY + error[:, None]) / 2 * tau)
        return z


def solved(velocity: Floats, height: Floats, t: Floats) -> tuple[Floats, Floats]:
    """Error of acceleration and velocity at the start that make both 0 at the end, after `t`."""
    error = 2 * (velocity * t - height) / (t * t)
    return error, error * t - velocity


def drop_curve(trellis: Trellis, start: int, end: int) -> Floats:
    """How far (m, >= 0) the centre of mass is down at each step of a window, its start included."""
    first, last = start * NODE_STEPS, end * NODE_STEPS
    per_n = GRAVITY / float(trellis.weight_n[start])
    tau = np.arange(float(last - first + 1)) * STEP_S
    i1, i2 = trellis.i1[first : last + 1], trellis.i2[first : last + 1]
    z = per_n * (i2 - i2[0] - i1[0] * tau) - GRAVITY / 2 * tau * tau
    velocity = per_n * (i1[-1:] - i1[0]) - GRAVITY * tau[-1:]
    error, start_velocity = solved(velocity, z[-1:], tau[-1:])
    z += tau * (start_velocity - error / 2 * tau)
    drop: Floats = np.maximum(-z, 0.0)
    return drop
