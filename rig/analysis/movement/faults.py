"""Faults of a repetition, as far as plates and contacts tell them, in order of onset.

Plate faults are measured against the contract's limits. Contact faults are read off the pattern of
lost pads, of pressure on the mid-back and of where the load goes; what one pattern cannot tell
apart is reported together. Confidences are provisional.
"""

from typing import Final

import numpy as np

from rig.analysis.movement.descent import Bend
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.phases import Excursion
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings
from rig.names import FaultName
from rig.repetition import Fault

_MEASURED: Final = 0.9
_REPORTED: Final = 0.5
_MID_BACK: Final = 1


def find_faults(
    bend: Bend, excursion: Excursion, losses: list[Loss], depth: float, settings: AnalysisSettings
) -> tuple[Fault, ...]:
    """All faults of one repetition that reach a confidence of 0.5; `depth` is the repetition's."""
    part = bend.samples[excursion.first : excursion.last]
    inside = [s for s in part if excursion.start_s <= s.t_s <= excursion.end_s]
    onsets = _plate_onsets(inside, bend.standing, settings)
    found = [(name, _MEASURED, onset) for name, onset in onsets.items() if onset is not None]
    if losses:
        first_s = min(loss.start_s for loss in losses)
        causes = _causes(inside, bend.standing, losses, depth, settings)
        found += [(name, sure, first_s) for name, sure in causes.items() if sure >= _REPORTED]
    else:
        shapes = _shape_onsets(inside, bend.standing, settings)
        found += [(name, _REPORTED, onset) for name, onset in shapes.items() if onset is not None]
    found.sort(key=lambda item: item[2])
    return tuple(_fault(excursion, *item) for item in found)


def _causes(
    inside: list[Sample],
    standing: Sample,
    losses: list[Loss],
    depth: float,
    settings: AnalysisSettings,
) -> dict[FaultName, float]:
    """Readings of the contact pattern, with confidences."""
    lost = {loss.pad for loss in losses}
    pressed = _mid_pressed(inside, standing, losses)
    rounded = pressed is not None and pressed >= settings.mid_press
    hard = pressed is not None and pressed >= settings.mid_out
    if "mid_back" in lost:
        return {"rounding": 0.5, "pelvic_tuck": 0.5} if "tailbone" in lost else {"arching": 0.7}
    if lost == {"head"}:
        if not rounded:
            return {"chin_tuck": 0.75}
        return {"rounding": 0.65, "chin_tuck": 0.4 if hard else 0.5}
    if _from_the_waist(inside, standing, depth, settings):
        return {"waist_bend": 0.7, "rounding": 0.4}
    if pressed is None:
        return {"rounding": 0.55, "pelvic_tuck": 0.55}
    return {"rounding": 0.75} if rounded else {"pelvic_tuck": 0.65, "rounding": 0.4}


def _mid_pressed(inside: list[Sample], standing: Sample, losses: list[Loss]) -> float | None:
    """Force on the mid-back while contact is lost, over that in standing."""
    values = [
        s.pad_n[_MID_BACK]
        for s in inside
        if any(loss.start_s <= s.t_s <= loss.end_s for loss in losses)
    ]
    before = standing.pad_n[_MID_BACK]
    if not values or not before > 0:
        return None
    pressed = float(np.median(values)) / before
    return pressed if pressed == pressed else None


def _shape_onsets(
    inside: list[Sample], standing: Sample, settings: AnalysisSettings
) -> dict[FaultName, float | None]:
    """The back out or in at the middle without a lost contact: the dowel's ends say so too."""
    s = settings
    head_n, middle_n, tail_n = (force if force > 0 else np.nan for force in standing.pad_n)
    shares = [
        (head / head_n, middle / middle_n, tail / tail_n)
        for head, middle, tail in (sample.pad_n for sample in inside)
    ]
    tests: dict[FaultName, list[bool]] = {
        "rounding": [m > s.mid_out and min(h, t) < s.end_eased for h, m, t in shares],
        "arching": [m < s.mid_eased and max(h, t) > s.end_pressed for h, m, t in shares],
    }
    return {name: _onset_s(inside, wrong, s.shape_min_s) for name, wrong in tests.items()}


def _from_the_waist(
    inside: list[Sample], standing: Sample, depth: float, settings: AnalysisSettings
) -> bool:
    """Shallow, and the load goes to the toes."""
    share = float(np.median([s.heel_share for s in inside]))
    return depth < settings.shallow_depth and standing.heel_share - share > settings.toes_share


def _plate_onsets(
    inside: list[Sample], standing: Sample, settings: AnalysisSettings
) -> dict[FaultName, float | None]:
    right = _right_share(standing)
    weight_n = standing.fz_n
    most, heel_n = settings.side_shift_share, settings.heel_lift_share * weight_n
    tests: dict[FaultName, list[bool]] = {
        "toe_weight": [s.heel_share < settings.toe_weight_share for s in inside],
        "side_shift": [abs(_right_share(s) - right) > most for s in inside],
        "heel_lift": [s.heel_n < heel_n for s in inside],
    }
    return {name: _onset_s(inside, wrong, settings.fault_min_s) for name, wrong in tests.items()}


def _onset_s(inside: list[Sample], wrong: list[bool], least_s: float) -> float | None:
    """When something is first `wrong`, a word per sample, for at least `least_s` on end."""
    since: float | None = None
    for sample, is_wrong in zip(inside, wrong, strict=True):
        if not is_wrong:
            since = None
        elif since is None:
            since = sample.t_s
        elif sample.t_s - since >= least_s:
            return since
    return None


def _right_share(sample: Sample) -> float:
    return 0.5 + sample.asymmetry_pct / 200


def _fault(excursion: Excursion, name: FaultName, confidence: float, onset_s: float) -> Fault:
    depth = round(excursion.depth_at(onset_s), 3)
    return Fault(name, confidence, onset_s, excursion.phase_at(onset_s), depth)
