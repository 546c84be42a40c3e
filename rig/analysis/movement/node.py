"""What a node was like: means over its 80 ms, as plain numbers."""

from typing import Any, Final, NamedTuple

import numpy.typing as npt

from rig.analysis.movement.step import NODE_STEPS, Steps
from rig.analysis.movement.trellis import node_means

_HALF: Final = 0.5


class Node(NamedTuple):
    """Means over 80 ms that end at `t_s` since the first frame; pads: most of the time."""

    t_s: float
    fz_n: float
    asymmetry_pct: float
    cell_n: list[float]
    pad_n: list[float]
    touching: list[bool]
    trusted: list[bool]


def nodes_of(steps: Steps) -> list[Node]:
    """The nodes that these steps make up."""
    columns: list[npt.NDArray[Any]] = [node_means(steps[name]) for name in Node._fields[1:-2]]
    columns += [
        node_means(steps["touch"]) > _HALF,
        steps["pads_valid"][NODE_STEPS - 1 :: NODE_STEPS],
    ]
    times = steps["t_s"][NODE_STEPS - 1 :: NODE_STEPS]
    return [
        Node(*row) for row in zip(*(column.tolist() for column in (times, *columns)), strict=True)
    ]
