"""Bends, found as the cheapest explanation of what total force did.

At every node stands what it costs to explain everything so far with the person upright there. One
gets there from the node before by *standing*; from any earlier one by a *bend*, whose window solves
its own weight (`windows.py`); or, into stillness, by *something else* such as sitting, whatever
that did to the force. So nothing depends on one weighing or one integral, and nothing locks out
what follows. Beside it stands what a bend costs that is not over; the cheaper of the two is
believed, and bends on its way that ended a little while ago are told, once and for all.
"""

from collections import deque
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.bend import Bend, bend_between
from rig.analysis.movement.step import NODE_S, NODE_STEPS, STEP_S, Steps
from rig.analysis.movement.trellis import GRAVITY, Trellis
from rig.analysis.movement.windows import Window, WindowSearch
from rig.analysis.settings import BendSettings

MOST_NODES: Final = 240
"""Nodes that can be fed together."""

_AT_ONCE: Final = 6  # are searched: the shortest bend that ends at one begins before all of them

_NONE: Final = -1
_LAST_DROPS: Final = 5

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class Way(NamedTuple):
    """A node that one was upright at, and what has been spent since."""

    cost: float
    node: int


class Now(NamedTuple):
    """What one node decided: bends, and what goes on there."""

    bends: list[Bend]
    upright: bool
    still: bool
    velocity_m_s: float | None  # + up, where the person is to be shown in a bend


class Segmenter:
    """Finds the bends of one person after another. `usual_m` is how deep they usually are, or 0."""

    def __init__(self, settings: BendSettings, usual_m: float = 0.0) -> None:
        self._settings = settings
        self._search = WindowSearch(settings)
        self._trellis = Trellis(settings)
        self._first_usual_m = usual_m or settings.usual_m
        self._drops: deque[float] = deque(maxlen=_LAST_DROPS)
        self._footless = 0  # steps on end without a foot, or with an impossible force
        self._forget_person()
        self._start_over(0)

    def restart(self) -> None:
        """What was before is not known: frames are missing."""
        self._start_over(self._trellis.last)

    def feed(self, steps: Steps, present: list[bool]) -> list[Now]:
        """Take the steps of up to `MOST_NODES` nodes, and whether somebody is there at each."""
        shift = self._trellis.add(steps)
        if shift:
            self._renumber(shift)
        nodes = np.arange(self._trellis.last - len(present) + 1, self._trellis.last + 1)
        return [
            now
            for at in range(0, len(nodes), _AT_ONCE)
            for now in self._some(nodes[at : at + _AT_ONCE], present[at : at + _AT_ONCE])
        ]

    def _some(self, nodes: Ints, present: list[bool]) -> list[Now]:
        stands = zip(present, self._on_both_feet(nodes), strict=True)
        windows = self._look(nodes)
        return [
            self._node(node, *stand, window)
            for node, stand, window in zip(nodes.tolist(), stands, windows, strict=True)
        ]

    @property
    def weight_n(self) -> float:
        """What the plates carry, as far as one knows."""
        return float(self._trellis.weight_n[self._trellis.last])

    def _start_over(self, node: int) -> None:
        """Nothing before this node counts any more."""
        self._first = node + 1
        self._upright = False  # at any node so far
        self._windows: dict[int, tuple[Window, int]] = {}  # by end, with the end of the one before
        self._last_end: dict[int, int] = {}  # by node: end of the last bend on the way there
        self._other = self._open = Way(np.inf, _NONE)
        self._told, self._told_length = node, 0  # end and length of the last bend that was told

    def _renumber(self, shift: int) -> None:
        self._first -= shift
        self._told -= shift
        self._windows = {
            end - shift: (window._replace(start=window.start - shift), before - shift)
            for end, (window, before) in self._windows.items()
            if end > shift
        }
        self._last_end = {n - shift: e - shift for n, e in self._last_end.items() if n > shift}
        self._other = self._other._replace(node=self._other.node - shift)
        self._open = self._open._replace(node=self._open.node - shift)

    def _look(self, nodes: Ints) -> list[Window | None]:
        """The best window for each node that is cheaper than standing can be."""
        before = float(self._trellis.cost[int(nodes[0]) - 1])
        if not np.isfinite(before):
            return [None] * len(nodes)
        per_node = self._settings.stand_most * NODE_S / self._settings.stand_every_s
        bound: Floats = before + per_node * np.arange(1.0, len(nodes) + 1)
        return self._search.best(self._trellis, nodes, self._first, bound)

    def _node(self, node: int, there: bool, on_feet: bool, window: Window | None) -> Now:
        if not there:
            self._forget_person()
        if not there or not on_feet:
            self._start_over(node)
        elif not self._upright:
            self._begin(node)
        else:
            self._explain(node, window if window and window.start >= self._first else None)
        told = self._tell(node) if self._upright else []
        self._trellis.usual_m[node] = self._usual_m
        upright = not self._upright or self._open.cost >= self._trellis.cost[node]
        velocity_m_s = self._open_velocity(node) if self._upright else None
        return Now(told, upright, bool(self._trellis.still[node]), velocity_m_s)

    def _forget_person(self) -> None:
        self._known = False
        self._drops.clear()
        self._usual_m = self._first_usual_m

    def _on_both_feet(self, nodes: Ints) -> list[bool]:
        """Whether each node can be part of a bend: no step, no jump, no seat."""
        s, t = self._settings, self._trellis
        steps = t.steps[(int(nodes[0]) - 1) * NODE_STEPS + 1 : int(nodes[-1]) * NODE_STEPS + 1]
        known_n = t.weight_n[np.maximum(nodes - self._search.shortest, 0)]
        known_n = np.where(known_n > 0, known_n, np.maximum(t.force_n[nodes], 1.0))
        share = steps["fz_n"] / known_n.repeat(NODE_STEPS)
        sound = (share > s.off_low) & (share < s.off_high)
        sound &= np.abs(steps["asymmetry_pct"]) < 100 * (1 - 2 * s.foot)
        if sound.all():
            self._footless = 0
            return [True] * len(nodes)
        on_feet = []
        for of_node in sound.reshape(-1, NODE_STEPS).tolist():
            for is_sound in of_node:
                self._footless = 0 if is_sound else self._footless + 1
            on_feet.append(self._footless * STEP_S < s.off_s)
        return on_feet

    def _begin(self, node: int) -> None:
        """Upright for the first time: in stillness, or what has to do for it."""
        s, t = self._settings, self._trellis
        since = node - self._first
        if since * NODE_S < s.still_s:
            return
        sd = t.deviation(node)
        rough = sd < s.begin_sd and (not self._known or since * NODE_S > s.begin_s)
        if t.still[node] or rough:
            self._upright = self._known = True
            self._arrive(node, 0.0, float(t.level_n[node]), max(s.still_sd, sd), _NONE)
            self._other = Way(-s.other, node)

    def _explain(self, node: int, window: Window | None) -> None:
        """The cheapest way to be upright here."""
        s, t = self._settings, self._trellis
        other = self._other.cost + s.other_s * NODE_S
        cost, weight_n, sd = self._stand(node)
        last_end = self._last_end.get(node - 1, _NONE)
        if window is not None and window.cost < cost:
            cost, sd = window.cost, max(window.weight_sd, s.still_sd_least)
            weight_n = float(t.weight_n[window.start]) * (1 + window.error / GRAVITY)
            self._windows[node] = window, self._last_end.get(window.start, _NONE)
            last_end = node
        if t.still[node] and other + s.other < cost:
            cost, weight_n, sd = other + s.other, float(t.level_n[node]), s.still_sd
            last_end = self._last_end.get(self._other.node, _NONE)
        self._other = self._other._replace(cost=other)
        open_cost = self._open.cost + s.open_s * NODE_S + self._stillness(node)
        too_long = (node - self._open.node) * NODE_S > s.longest_s
        self._open = Way(np.inf if too_long else open_cost, self._open.node)
        self._arrive(node, cost, weight_n, sd, last_end)

    def _arrive(self, node: int, cost: float, weight_n: float, sd: float, last_end: int) -> None:
        s, t = self._settings, self._trellis
        t.cost[node], t.weight_n[node], t.weight_sd[node] = cost, weight_n, sd
        self._last_end[node] = last_end
        self._other = min(self._other, Way(cost, node))
        self._open = min(self._open, Way(cost - s.bend_bonus + s.open, node))

    def _stand(self, node: int) -> tuple[float, float, float]:
        """Cost of standing since the node before, and the weight then, with its deviation."""
        s, t = self._settings, self._trellis
        weight_n, sd = float(t.weight_n[node - 1]), float(t.weight_sd[node - 1])
        force_n, level_n = float(t.force_n[node]), float(t.level_n[node])
        off = (force_n / weight_n - 1) / s.stand_spread
        cost = float(t.cost[node - 1])
        cost += min(off * off / 2, s.stand_most) * NODE_S / s.stand_every_s
        if not t.still[node]:
            return cost, weight_n + NODE_S / s.follow_s * (force_n - weight_n), sd
        if abs(level_n / weight_n - 1) > s.still_far:
            return cost, level_n, s.still_sd
        weight_n += s.still_gain * (level_n - weight_n)
        return cost, weight_n, max(0.9 * sd, s.still_sd_least)

    def _stillness(self, node: int) -> float:
        """Cost of having been in a bend since the node before, as still as one was."""
        t = self._trellis
        return self._settings.still_cost * float(t.still_s[node] - t.still_s[node - 1])

    def _tell(self, node: int) -> list[Bend]:
        """Bends on the way that is believed and that ended long enough ago, in order."""
        s, t = self._settings, self._trellis
        here = node if t.cost[node] <= self._open.cost else self._open.node
        ends: list[int] = []
        end = self._last_end.get(here, _NONE)
        while end > max(self._told, 0):
            if (node - end) * NODE_S > s.ended_s - NODE_S / 2:
                ends.append(end)
            end = self._windows[end][1]
        told = []
        for end in reversed(ends):
            window = self._windows[end][0]
            overlap = self._told - window.start
            if overlap <= s.overlap * min(end - window.start, self._told_length):
                self._drops.append(window.drop_m)
                self._usual_m = float(np.median(self._drops))
                told.append(bend_between(t, window.start, end, max(self._told, self._first)))
                self._told, self._told_length = end, end - window.start
        return told

    def _open_velocity(self, node: int) -> float | None:
        """Velocity (m/s) in the open bend; None while the person is to be shown standing.

        At first standing is cheaper, as for a cough, but someone goes down who does.
        """
        s, dearer = self._settings, self._open.cost - float(self._trellis.cost[node])
        if dearer >= s.shows:
            return None
        velocity_m_s = self._velocity(node, self._open.node)
        return velocity_m_s if dearer < 0 or velocity_m_s < -s.shows_m_s else None

    def _velocity(self, node: int, start: int) -> float:
        """Velocity (m/s) at a node of someone who was at rest at another."""
        t = self._trellis
        i1 = float(t.i1[node * NODE_STEPS] - t.i1[start * NODE_STEPS])
        return GRAVITY * (i1 / float(t.weight_n[start]) - (node - start) * NODE_S)
