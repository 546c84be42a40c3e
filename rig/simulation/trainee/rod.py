"""Mechanics of the dowel: a rigid rod on three one-sided springs, pulled on by two hands.

The rod lies along the trunk. It may move off the back and tilt. Pads push it off the body where
the back presses into it and never pull; the hands, one at the neck and one at the small of the
back, pull it on, more so the further it is pulled off; inclined, its weight lies on the back. At
every moment the rod is where these forces and their moments balance. So a loss of one contact
shows at the others too, and a heavy rod presses harder on an inclined back.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import PADS

Floats = npt.NDArray[np.float64]

_UP_M: Final = {"head": 0.70, "mid_back": 0.35, "tailbone": 0.05}  # the trunk from the hip
_PAD_M: Final = np.array([_UP_M[pad] for pad in PADS])
_MIDDLE_M: Final = 0.38
_NEWTON_STEPS: Final = 12
_GRAVITY: Final = 9.81


@dataclass(frozen=True)
class Grip:
    """How somebody holds the rod: pad forces (N) in upright standing, the rod's mass, stiffnesses.

    `pad_n_per_m` is of a pad and the tissue under it, by `softness` another at each pad;
    `hand_n_per_m` is of an arm. The hands are at `hands_m` up the trunk from the hip; a habit is
    what share of its pull a hand adds (below 0: eases) when the trunk is level.
    """

    head_n: float = 2.2
    mid_back_n: float = 8.5
    tailbone_n: float = 5.5
    rod_kg: float = 0.4
    pad_n_per_m: float = 800.0
    hand_n_per_m: float = 1000.0
    softness: tuple[float, ...] = (1.0,) * len(PADS)
    hands_m: tuple[float, float] = (0.60, 0.14)
    habits: tuple[float, float] = (0.0, 0.0)

    @property
    def rest_n(self) -> Floats:
        """Force on each pad in upright standing."""
        return np.array([getattr(self, f"{pad}_n") for pad in PADS])

    @property
    def pads_n_per_m(self) -> Floats:
        """Of each pad."""
        return self.pad_n_per_m / np.array(self.softness)


def pad_forces(grip: Grip, trunk_deg: Floats, spine_mm: Floats, held: Floats) -> Floats:
    """Force on each pad (n, pads) in newtons.

    `spine_mm` (n, pads) is how far the back stands out at each pad against standing, `held` (n,)
    from 0, no rod, to 1, held as in standing.
    """
    rest = grip.rest_n
    hands = np.linalg.solve(
        np.stack([np.ones(2), grip.hands_m]), np.array([rest.sum(), (rest * _PAD_M).sum()])
    )
    surface = rest / grip.pads_n_per_m + spine_mm / 1000
    level = np.sin(np.radians(np.maximum(trunk_deg, 0.0)))
    pulled = hands * (1 + np.outer(level, grip.habits))
    off, tilt = _place(grip, surface, pulled, grip.rod_kg * _GRAVITY * level)
    place = off[:, None] + tilt[:, None] * _PAD_M
    force: Floats = grip.pads_n_per_m * np.maximum(surface - place, 0.0) * held[:, None]
    return force


def _place(grip: Grip, surface: Floats, hands: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Where the rod is: metres off the body, and metres per metre of tilt; by Newton's method."""
    off, tilt = np.zeros(len(surface)), np.zeros(len(surface))
    stiff, at = grip.pads_n_per_m, np.array(grip.hands_m)
    for _ in range(_NEWTON_STEPS):
        pads = surface - off[:, None] - tilt[:, None] * _PAD_M
        pulls = hands + grip.hand_n_per_m * (off[:, None] + tilt[:, None] * at)
        push, pull = stiff * np.maximum(pads, 0.0), np.maximum(pulls, 0.0)
        force = push.sum(axis=1) - pull.sum(axis=1) - weight
        moment = (push * _PAD_M).sum(axis=1) - (pull * at).sum(axis=1) - weight * _MIDDLE_M
        stiff_pads = np.where(pads > 0, stiff, 1.0)
        stiff_hands = np.where(pulls > 0, grip.hand_n_per_m, 1.0)
        k0 = stiff_pads.sum(axis=1) + stiff_hands.sum(axis=1)
        k1 = (stiff_pads * _PAD_M).sum(axis=1) + (stiff_hands * at).sum(axis=1)
        k2 = (stiff_pads * _PAD_M**2).sum(axis=1) + (stiff_hands * at**2).sum(axis=1)
        determinant = k0 * k2 - k1 * k1
        off = off + (k2 * force - k1 * moment) / determinant
        tilt = tilt + (k0 * moment - k1 * force) / determinant
    return off, tilt
