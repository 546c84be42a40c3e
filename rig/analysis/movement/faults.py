"""Faults of a repetition, as far as plates and contacts tell them, in order of onset.

Plate faults are measured; contact faults are read off the pattern of lost pads, and what one
pattern cannot tell apart is reported together. Confidences are provisional.
"""

from collections.abc import Callable
from typing import Final

from rig.analysis.events import Fault
from rig.analysis.movement.bends import Bend
from rig.analysis.movement.dowel import Loss
from rig.analysis.movement.phases import Excursion
from rig.analysis.movement.sample import Sample
from rig.analysis.settings import AnalysisSettings

_MEASURED: Final = 0.9
_PATTERNS: Final[dict[frozenset[str], dict[str, float]]] = {
    frozenset({"tailbone"}): {"rounding": 0.55, "pelvic_tuck": 0.55},
    frozenset({"head"}): {"chin_tuck": 0.7},
    frozenset({"mid_back"}): {"arching": 0.65},
    frozenset({"head", "tailbone"}): {"rounding": 0.7},
}


def find_faults(
    bend: Bend, excursion: Excursion, losses: list[Loss], settings: AnalysisSettings
) -> tuple[Fault, ...]:
    """All faults of one repetition that reach a confidence of 0.5."""
    part = bend.samples[excursion.first : excursion.last]
    inside = [s for s in part if excursion.start_s <= s.t_s <= excursion.end_s]
    onsets = _plate_onsets(inside, bend.standing, settings)
    found = [(name, _MEASURED, onset) for name, onset in onsets.items() if onset is not None]
    if losses:
        pattern = _PATTERNS.get(frozenset(loss.pad for loss in losses), {})
        first_s = min(loss.start_s for loss in losses)
        found += [(name, confidence, first_s) for name, confidence in pattern.items()]
    found.sort(key=lambda item: item[2])
    return tuple(_fault(excursion, part, *item) for item in found)


def _plate_onsets(
    inside: list[Sample], standing: Sample, settings: AnalysisSettings
) -> dict[str, float | None]:
    right = _right_share(standing)
    weight_n = standing.fz_n
    tests: dict[str, Callable[[Sample], bool]] = {
        "toe_weight": lambda s: s.heel_share < settings.toe_weight_share,
        "side_shift": lambda s: abs(_right_share(s) - right) > settings.side_shift_share,
        "heel_lift": lambda s: s.heel_n < settings.heel_lift_share * weight_n,
    }
    return {name: _onset_s(inside, test, settings.fault_min_s) for name, test in tests.items()}


def _onset_s(inside: list[Sample], wrong: Callable[[Sample], bool], least_s: float) -> float | None:
    """When `wrong` first holds for at least `least_s` on end."""
    since: float | None = None
    for sample in inside:
        if not wrong(sample):
            since = None
        elif since is None:
            since = sample.t_s
        elif sample.t_s - since >= least_s:
            return since
    return None


def _right_share(sample: Sample) -> float:
    return 0.5 + sample.asymmetry_pct / 200


def _fault(
    excursion: Excursion, part: list[Sample], name: str, confidence: float, onset_s: float
) -> Fault:
    near = min(range(len(part)), key=lambda i: abs(part[i].t_s - onset_s))
    return Fault(
        name,
        confidence,
        onset_s,
        excursion.phase_at(onset_s),
        round(float(excursion.depth[near]), 3),
    )
