"""How the three contacts were held in a repetition, and how far down they were kept.

FSR pads are good to 5-25 %, so words are told, not newtons. Limits are *provisional*.
"""

from typing import Any, Final

import numpy as np

from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.phases import Excursion
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings
from rig.names import PADS

_HALF: Final = 0.5
_TAILBONE: Final = "tailbone"


def contacts(
    inside: list[Sample],
    excursion: Excursion,
    losses: list[Loss],
    depth: float,
    settings: AnalysisSettings,
) -> dict[str, Any] | None:
    """Values of the event of that name for a repetition of this depth; None without pads.

    `usable_depth` is the depth, of the usual one, that was reached before the tailbone's contact
    went: the whole depth if it did not go on the way down.
    """
    if not any(any(sample.pads_valid) for sample in inside):
        return None
    firsts = _first_losses(excursion, losses)
    lost = firsts.get(_TAILBONE)
    usable = depth * lost["depth"] if lost and lost["phase"] == "eccentric" else depth
    known = any(sample.pads_valid[PADS.index(_TAILBONE)] for sample in inside)
    return {
        "bands": contact_bands(inside, settings),
        "first_losses": firsts,
        "usable_depth": round(usable, 3) if known else None,
    }


def _first_losses(excursion: Excursion, losses: list[Loss]) -> dict[str, dict[str, Any]]:
    """Of each pad that was lost, in order: when, in which phase, at which share of the way."""
    firsts: dict[str, dict[str, Any]] = {}
    for loss in sorted(losses, key=lambda one: one.start_s):
        if loss.pad not in firsts:
            firsts[loss.pad] = {
                "t_s": loss.start_s,
                "phase": excursion.phase_at(loss.start_s),
                "depth": round(excursion.depth_at(loss.start_s), 3),
            }
    return firsts


def contact_bands(inside: list[Sample], settings: AnalysisSettings) -> dict[str, str | None]:
    """A word per pad over the samples of a repetition; None for a pad that was not trusted.

    head: `light`, `hard`, `lost`; mid_back: `firm`, `weak`, `lost`; tailbone: `steady`,
    `unsteady`, `lost`. `lost` is for less than half of the time in contact.
    """
    force = np.array([sample.pad_n for sample in inside])
    kept = np.array([sample.touch for sample in inside]).mean(axis=0)
    middle = [float(np.nanmedian(pad)) if np.isfinite(pad).any() else None for pad in force.T]
    tail = force[:, 2][np.isfinite(force[:, 2])]
    steady = bool(len(tail)) and tail.std() <= settings.tail_steady * tail.mean()
    words = {
        "head": "light" if (middle[0] or 0.0) <= settings.head_light_n else "hard",
        "mid_back": "firm" if (middle[1] or 0.0) >= settings.mid_firm_n else "weak",
        "tailbone": "steady" if steady else "unsteady",
    }
    return {
        pad: None if known is None else word if share >= _HALF else "lost"
        for (pad, word), known, share in zip(words.items(), middle, kept.tolist(), strict=True)
    }
