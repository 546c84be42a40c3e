"""What shows over a minute: a total that drifts while somebody stands, heel and toe swapped."""

from collections import deque
from typing import Final

import numpy as np

from rig.analysis.channels.doubt import Doubt
from rig.analysis.settings import ChannelSettings
from rig.names import CELLS

_PARTS: Final = 6
_AT_ONCE: Final = 0.45  # of a change between two parts is a load
_SIDES: Final = ("left", "right")


class DriftWatch:
    """Takes forces of standing still; all parts of the time must drift alike, no load does that."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self.start()

    def start(self) -> None:
        """Somebody stepped on."""
        self._seen: deque[tuple[float, list[float]]] = deque()
        self._said = False

    def feed(self, t_s: float, cell_n: list[float]) -> list[Doubt]:
        """New doubts with these mean forces (N) at a time of standing still."""
        s, seen = self._settings, self._seen
        if self._said or (seen and t_s - seen[-1][0] < s.drift_every_s):
            return []
        seen.append((t_s, cell_n))
        if t_s - seen[0][0] < s.drift_s:
            return []
        channel = self._drifting()
        while seen and t_s - seen[0][0] >= s.drift_s:
            seen.popleft()
        self._said = channel is not None
        return [Doubt(channel, "drifting")] if channel else []

    def _drifting(self) -> str | None:
        s, parts = (
            self._settings,
            np.array_split(np.array([cells for _, cells in self._seen]), _PARTS),
        )
        if len(self._seen) < s.drift_least:
            return None
        means = np.array([part.mean(axis=0) for part in parts])
        steps = np.diff(means.sum(axis=1))
        span_min = (self._seen[-1][0] - self._seen[0][0]) / 60 * (_PARTS - 1) / _PARTS
        per_min = float(steps.sum()) / span_min
        alike = (steps * per_min > 0).all() and np.abs(steps / steps.sum()).max() < _AT_ONCE
        if not alike or abs(per_min) < s.drift_n_per_min:
            return None
        change = (means[-1] - means[0]) * np.sign(per_min)
        return CELLS[int(change.argmax())]


class SwapWatch:
    """Takes the heel shares of both feet: in people who sway and bend they go together."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self.start()

    def start(self) -> None:
        """Somebody stepped on."""
        self._shares: list[list[float]] = [[], []]
        self._said = False

    def feed(self, left: float, right: float) -> list[Doubt]:
        """New doubts with these shares at a node; NaN is left out."""
        s = self._settings
        if self._said or not (left == left and right == right):
            return []
        for shares, share in zip(self._shares, (left, right), strict=True):
            shares.append(share)
        if len(self._shares[0]) < s.swap_nodes:
            return []
        seen = np.array(self._shares)
        self._shares = [[], []]
        moves, together = seen.std(axis=1), np.cov(seen)[0, 1]
        if (moves < s.swap_moves).any() or together / moves.prod() > s.swap_together:
            return []
        self._said = True
        return [Doubt(f"{_SIDES[int(seen.mean(axis=1).argmin())]}_heel", "swapped")]
