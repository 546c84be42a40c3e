"""Faults of a repetition, as far as plates and contacts tell them, in order of onset.

Plate faults are measured against the contract's limits, contact faults are causes of the contacts
that were lost.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.causes import causes
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.lean_causes import Fall, causes_by_lean
from rig.analysis.movement.signs import Signs
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.step import Steps
from rig.analysis.settings import FaultSettings
from rig.names import CELLS, FaultName
from rig.repetition import Fault

_HEELS: Final = [name.endswith("heel") for name in CELLS]
_MEASURED: Final = 0.95  # the limits are the contract's own
_IMPLIED: Final = 0.6  # weight on the toes is part of some other faults

Mask = npt.NDArray[np.bool_]


def find_faults(
    inside: Steps,
    stance: Stance,
    excursion: Excursion,
    losses: list[Loss],
    seen: Signs,
    settings: FaultSettings,
    fall: Fall | None = None,
) -> tuple[Fault, ...]:
    """All faults of one repetition that reach the confidence.

    `fall`, where the dowel's inclination is known, is how far the body came down for its lean.
    """
    onsets = _plate_onsets(inside, stance, settings)
    found = [(name, _MEASURED, onset) for name, onset in onsets.items() if onset is not None]
    if losses:
        first_s = min(loss.start_s for loss in losses)
        told = causes(seen) if fall is None else causes_by_lean(seen, fall)
        for name, sure in told.items():
            if sure >= settings.reported:
                found.append((name, round(sure, 2), first_s))
    found = [(name, _IMPLIED if _implied(name, found) else sure, at) for name, sure, at in found]
    found.sort(key=lambda item: item[2])
    return tuple(_fault(excursion, *item) for item in found)


def _implied(name: FaultName, found: list[tuple[FaultName, float, float]]) -> bool:
    """Whether this is a consequence of something else that was found."""
    return name == "toe_weight" and any(
        other == "heel_lift" or (other == "waist_bend" and sure > _IMPLIED)
        for other, sure, _ in found
    )


def _plate_onsets(
    inside: Steps, stance: Stance, settings: FaultSettings
) -> dict[FaultName, float | None]:
    moved = np.abs(inside["asymmetry_pct"] - stance.asymmetry_pct) / 200
    tests: dict[FaultName, Mask] = {
        "toe_weight": inside["heel_share"] < settings.toe_weight,
        "side_shift": moved > settings.side_shift,
        "heel_lift": inside["cell_n"][:, _HEELS].sum(axis=1) < settings.heel_lift * stance.fz_n,
    }
    return {name: _onset_s(inside, wrong, settings.least_s) for name, wrong in tests.items()}


def _onset_s(inside: Steps, wrong: Mask, least_s: float) -> float | None:
    """When something is first `wrong` (a word per step) for at least `least_s` on end."""
    since: float | None = None
    for t_s, is_wrong in zip(inside["t_s"].tolist(), wrong.tolist(), strict=True):
        if not is_wrong:
            since = None
        elif since is None:
            since = t_s
        elif t_s - since >= least_s:
            return since
    return None


def _fault(excursion: Excursion, name: FaultName, confidence: float, onset_s: float) -> Fault:
    depth = round(excursion.depth_at(onset_s), 3)
    return Fault(name, confidence, onset_s, excursion.phase_at(onset_s), depth)
