"""Cells that carry nothing where they should."""

from dataclasses import dataclass

from rig.analysis.channels.doubt import Doubt
from rig.analysis.settings import ChannelSettings
from rig.names import CELLS

_MATE = (1, 0, 3, 2)  # the other cell under the same foot


@dataclass
class _Cell:
    """What is known of a cell since somebody stepped on."""

    most_share: float = 0.0
    idle_s: float = 0.0
    lively_s: float = 0.0
    dead: bool = False


class DeadCells:
    """Takes mean forces while somebody stands on the platform."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self.start()

    def start(self) -> None:
        """Somebody stepped on."""
        self._cells = [_Cell() for _ in CELLS]
        self._both_s = 0.0

    @property
    def dead(self) -> list[bool]:
        """Of each cell."""
        return [cell.dead for cell in self._cells]

    def feed(self, cell_n: list[float], seconds: float) -> list[Doubt]:
        """New doubts after so many seconds with these forces (N); NaN is not judged."""
        s = self._settings
        total = sum(force for force in cell_n if force == force)
        loaded = [force > s.loaded * total for force in cell_n]
        if not (loaded[0] or loaded[1]) or not (loaded[2] or loaded[3]):
            return []
        self._both_s += seconds
        return [
            Doubt(CELLS[n], "dead")
            for n, (cell, force) in enumerate(zip(self._cells, cell_n, strict=True))
            if force == force and loaded[_MATE[n]] and self._dies(cell, force / total, seconds)
        ]

    def _dies(self, cell: _Cell, share: float, seconds: float) -> bool:
        """Whether a cell with this share of the load is dead, and was not before."""
        s = self._settings
        idle = share < s.idle
        cell.most_share = max(cell.most_share, share)
        cell.idle_s = cell.idle_s + seconds if idle else 0.0
        cell.lively_s = 0.0 if idle else cell.lively_s + seconds
        if cell.dead:
            cell.dead = cell.lively_s < s.right_again_s
            return False
        never = cell.most_share < s.idle and self._both_s > s.never_s
        cell.dead = never or cell.idle_s > s.idle_s
        return cell.dead
