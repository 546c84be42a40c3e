"""A bend: from upright down and up again."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.step import NODE_STEPS, STEP_S, Steps
from rig.analysis.movement.trellis import Trellis
from rig.analysis.movement.windows import drop_curve

Floats = npt.NDArray[np.float64]

_STANCE: Final = round(1.0 / STEP_S)  # steps of standing that a bend is compared with
_LEAST_STANCE: Final = round(0.2 / STEP_S)


@dataclass(frozen=True)
class Bend:
    """Steps from the last upright one on, and at each the drop of the centre of mass (m, >= 0)."""

    steps: Steps
    drop_m: Floats
    stance: Steps
    """Steps of standing before it."""
    weight_n: float
    """What the plates carried."""


def bend_between(trellis: Trellis, start: int, end: int, upright_from: int) -> Bend:
    """The bend between two nodes; the person stood from node `upright_from` to its start."""
    first, last = start * NODE_STEPS, end * NODE_STEPS
    stance = max(first - _STANCE, upright_from * NODE_STEPS, 0) + 1
    stance = min(stance, max(first - _LEAST_STANCE, 0) + 1)
    return Bend(
        trellis.steps[max(first, 1) : last + 1].copy(),
        drop_curve(trellis, start, end)[1 if first == 0 else 0 :],
        trellis.steps[stance : first + 1].copy(),
        float(trellis.weight_n[start]),
    )
