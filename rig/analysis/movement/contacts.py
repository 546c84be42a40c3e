"""How the three contacts were held in a repetition, and how far down they were kept.

FSR pads are good to 5-25 %, so words are told, not newtons. Limits are *provisional*.
"""

from typing import Any, Final

import numpy as np

from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.step import Steps
from rig.analysis.settings import ContactSettings
from rig.names import PADS

_HALF: Final = 0.5
_TAILBONE: Final = PADS.index("tailbone")


def contacts(
    inside: Steps,
    excursion: Excursion,
    losses: list[Loss],
    depth: float,
    settings: ContactSettings,
) -> dict[str, Any] | None:
    """Values of the event of that name for a repetition of this depth; None without pads.

    `usable_depth` is the depth, of the usual one, that was reached before the tailbone's contact
    went: the whole depth if it did not go on the way down.
    """
    known = [bool(valid.any()) for valid in inside["pads_valid"].T]
    if not any(known):
        return None
    firsts = _first_losses(excursion, losses)
    lost = firsts.get("tailbone")
    usable = depth * lost["depth"] if lost and lost["phase"] == "eccentric" else depth
    return {
        "bands": contact_bands(inside, settings),
        "first_losses": firsts,
        "usable_depth": round(usable, 3) if known[_TAILBONE] else None,
    }


def contact_bands(inside: Steps, settings: ContactSettings) -> dict[str, str | None]:
    """A word per pad over the steps of a repetition; None for a pad that was not trusted.

    head: `light`, `hard`, `lost`; mid_back: `firm`, `weak`, `lost`; tailbone: `steady`,
    `unsteady`, `lost`; any other: `held`, `lost`. `lost` is for less than half of the time in
    contact.
    """
    kept = inside["touch"].mean(axis=0)
    pads = [force[np.isfinite(force)] for force in inside["pad_n"].T]
    middle = [float(np.median(force)) if len(force) else None for force in pads]
    tail = pads[_TAILBONE]
    steady = bool(len(tail)) and tail.std() <= settings.tail_steady * tail.mean()
    words = dict.fromkeys(PADS, "held") | {
        "head": "light" if (middle[0] or 0.0) <= settings.head_light_n else "hard",
        "mid_back": "firm" if (middle[1] or 0.0) >= settings.mid_firm_n else "weak",
        "tailbone": "steady" if steady else "unsteady",
    }
    return {
        pad: None if known is None else word if share >= _HALF else "lost"
        for (pad, word), known, share in zip(words.items(), middle, kept.tolist(), strict=True)
    }


def contact_kept_pct(inside: Steps) -> tuple[float | None, ...]:
    """Share of the steps with a trusted pad in which it touched, in per cent."""
    each = zip(inside["touch"].T, inside["pads_valid"].T, strict=True)
    return tuple(float(100.0 * t[v].mean()) if v.any() else None for t, v in each)


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
