"""Faults of a repetition, as far as plates and contacts tell them, in order of onset.

Plate faults are measured against the contract's limits. Contact faults are read off the pattern of
lost pads, of pressure on the mid-back and of where the load goes; what one pattern cannot tell
apart is reported together. Confidences are provisional.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.excursion import Excursion
from rig.analysis.movement.stance import Stance
from rig.analysis.movement.steps import Steps
from rig.analysis.settings import FaultSettings
from rig.names import PADS, FaultName
from rig.repetition import Fault

_MEASURED: Final = 0.9
_MID_BACK: Final = PADS.index("mid_back")

Mask = npt.NDArray[np.bool_]


def find_faults(
    inside: Steps,
    stance: Stance,
    excursion: Excursion,
    losses: list[Loss],
    depth: float,
    settings: FaultSettings,
) -> tuple[Fault, ...]:
    """All faults of one repetition that reach the confidence; `depth` is the repetition's."""
    onsets = _plate_onsets(inside, stance, settings)
    found = [(name, _MEASURED, onset) for name, onset in onsets.items() if onset is not None]
    if losses:
        first_s = min(loss.start_s for loss in losses)
        causes = _causes(inside, stance, losses, depth, settings)
        found += [
            (name, sure, first_s) for name, sure in causes.items() if sure >= settings.reported
        ]
    else:
        shapes = _shape_onsets(inside, stance, settings)
        found += [(name, settings.reported, at) for name, at in shapes.items() if at is not None]
    found.sort(key=lambda item: item[2])
    return tuple(_fault(excursion, *item) for item in found)


def _causes(
    inside: Steps, stance: Stance, losses: list[Loss], depth: float, settings: FaultSettings
) -> dict[FaultName, float]:
    """Readings of the contact pattern, with confidences."""
    lost = {loss.pad for loss in losses}
    pressed = _mid_pressed(inside, stance, losses)
    rounded = pressed is not None and pressed >= settings.mid_press
    hard = pressed is not None and pressed >= settings.mid_out
    if "mid_back" in lost:
        return {"rounding": 0.5, "pelvic_tuck": 0.5} if "tailbone" in lost else {"arching": 0.7}
    if lost == {"head"}:
        if not rounded:
            return {"chin_tuck": 0.75}
        return {"rounding": 0.65, "chin_tuck": 0.4 if hard else 0.5}
    if _from_the_waist(inside, stance, depth, settings):
        return {"waist_bend": 0.7, "rounding": 0.4}
    if pressed is None:
        return {"rounding": 0.55, "pelvic_tuck": 0.55}
    return {"rounding": 0.75} if rounded else {"pelvic_tuck": 0.65, "rounding": 0.4}


def _mid_pressed(inside: Steps, stance: Stance, losses: list[Loss]) -> float | None:
    """Force on the mid-back while contact is lost, over that in standing."""
    t = inside["t_s"]
    lost = np.logical_or.reduce([(t >= loss.start_s) & (t <= loss.end_s) for loss in losses])
    forces = inside["pad_n"][lost, _MID_BACK]
    before = stance.pad_n[_MID_BACK]
    if not len(forces) or not before > 0:
        return None
    pressed = float(np.median(forces)) / before
    return pressed if pressed == pressed else None


def _shape_onsets(
    inside: Steps, stance: Stance, settings: FaultSettings
) -> dict[FaultName, float | None]:
    """The back out or in at the middle without a lost contact: the dowel's ends say so too."""
    s = settings
    with np.errstate(divide="ignore", invalid="ignore"):
        head, middle, tail = (inside["pad_n"] / np.array(stance.pad_n)).T
    tests: dict[FaultName, Mask] = {
        "rounding": (middle > s.mid_out) & (np.fmin(head, tail) < s.end_eased),
        "arching": (middle < s.mid_eased) & (np.fmax(head, tail) > s.end_pressed),
    }
    return {name: _onset_s(inside, wrong, s.shape_min_s) for name, wrong in tests.items()}


def _from_the_waist(inside: Steps, stance: Stance, depth: float, settings: FaultSettings) -> bool:
    """Shallow, and the load goes to the toes."""
    lost = stance.heel_share - float(np.median(inside["heel_share"]))
    return depth < settings.shallow_depth and lost > settings.toes_share


def _plate_onsets(
    inside: Steps, stance: Stance, settings: FaultSettings
) -> dict[FaultName, float | None]:
    moved = np.abs(inside["asymmetry_pct"] - stance.asymmetry_pct) / 200
    tests: dict[FaultName, Mask] = {
        "toe_weight": inside["heel_share"] < settings.toe_weight,
        "side_shift": moved > settings.side_shift,
        "heel_lift": inside["heel_n"] < settings.heel_lift * stance.fz_n,
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
