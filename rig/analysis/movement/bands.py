"""How the three contacts were held in a repetition: light, firm, steady, as the guide asks for.

FSR pads are good to 5-25 %, so words are told, not newtons. Limits are *provisional*.
"""

from typing import Final

import numpy as np

from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings

_HALF: Final = 0.5


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
