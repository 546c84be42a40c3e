"""Causes of lost contacts, told with the dowel's inclination.

The dowel follows the upper back. Where the spine flexes, the pelvis tilts less than the dowel
leans, and the body comes down less than when the same person leant as far with all contacts kept:
least in a bend from the waist, less in rounding, a little less where only the pelvis tucks. This
*fall* (logarithm of drop over 1 - cos of the inclination, against the person's own clean bends)
tells what pads alone cannot. Before there is a clean bend to compare with, the fall itself says
less, since bodies and knees differ; those weights were fitted to it alone.

Odds are sums of weighted signs (logistic), weights rounded from fits to simulated bodies of
different construction, one of them with a spine of its own; *provisional*.
"""

import math
from collections import deque
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from rig.analysis.movement.causes import causes, together
from rig.analysis.movement.signs import Signs
from rig.names import FaultName

Weights = Mapping[str, float]

FROM_THE_WAIST: Final[Weights] = {"1": -7.0, "fall": -11.5}
ROUNDING: Final[Weights] = {
    "1": -0.2, "fall": -8.4, "middle": 1.2, "head": -3.5, "tailbone_at": -3.6,
}  # fmt: skip
PELVIS_NOT_CHANCE: Final[Weights] = {"1": 0.9, "fall": -7.8, "tailbone": -4.4, "middle": -2.2}

FROM_THE_WAIST_AT_FIRST: Final[Weights] = {"1": -12.3, "fall": -6.2, "heel": -5.5}
ROUNDING_AT_FIRST: Final[Weights] = {
    "1": -6.9, "fall": -5.5, "middle": 1.8, "head": -4.1, "tailbone_at": -3.6,
}  # fmt: skip
PELVIS_AT_FIRST: Final[Weights] = {
    "1": 1.7, "fall": -1.7, "tailbone": -6.2, "middle": -3.6, "tailbone_at": -1.9,
}  # fmt: skip

ROUNDING_NOT_NECK: Final[Weights] = {"1": -5.1, "fall": -6.0, "middle": 3.6}
NECK_NOT_CHANCE: Final[Weights] = {"1": 5.2, "middle": -4.4}

_LATER: Final = FROM_THE_WAIST, ROUNDING, PELVIS_NOT_CHANCE
_AT_FIRST: Final = FROM_THE_WAIST_AT_FIRST, ROUNDING_AT_FIRST, PELVIS_AT_FIRST
_ARCHING: Final = 0.95  # of lost mid-backs
_UNKNOWN: Final = {"head": 0.6, "middle": 0.5, "tailbone": 0.0}  # of pads that give no force
_EVEN: Final = 0.5
_SURER: Final = 0.52
_NECK_TOO: Final = 0.8  # of heads that are lost beside a tailbone without rounding
_LEAST_M: Final = 0.005
_LEAST_DEG: Final = 6.0
_LATEST: Final = 5


class Fall(NamedTuple):
    """How far the body came down for its lean; `compared` with the person's clean bends, or not."""

    value: float
    compared: bool


class Falls:
    """How far one person comes down for how far they lean; their usual depth is of clean bends."""

    def __init__(self, usual_deg: float = 0.0, usual_drop_m: float = 0.0) -> None:
        self._clean: deque[float] = deque(maxlen=_LATEST)
        if usual_deg > 0 and usual_drop_m > 0:
            self.note(usual_deg, usual_drop_m)

    def note(self, peak_deg: float, drop_m: float) -> None:
        """A bend with all contacts kept."""
        if math.isfinite(drop_m):
            self._clean.append(_fall(peak_deg, drop_m))

    def of(self, peak_deg: float, drop_m: float) -> Fall | None:
        """The fall of a bend; None where the drop is not known."""
        if not math.isfinite(drop_m):
            return None
        fall = _fall(peak_deg, drop_m)
        if not self._clean:
            return Fall(fall, compared=False)
        return Fall(fall - float(np.median(self._clean)), compared=True)


def _fall(peak_deg: float, drop_m: float) -> float:
    leant = 1 - math.cos(math.radians(max(peak_deg, _LEAST_DEG)))
    return math.log(max(drop_m, _LEAST_M) / leant)


def causes_by_lean(seen: Signs, fall: Fall) -> dict[FaultName, float]:
    """Causes of the loss of these pads with their confidences."""
    if seen.lost_mid_back:
        return {"arching": _ARCHING}
    if not seen.lost_tailbone:
        if not fall.compared:
            return causes(seen)
        rounding = _likely(seen, ROUNDING_NOT_NECK, fall=fall.value)
        neck = (1 - rounding) * _likely(seen, NECK_NOT_CHANCE)
        return _ranked({"rounding": rounding, "chin_tuck": neck})
    from_waist, round_back, tuck = _LATER if fall.compared else _AT_FIRST
    waist = _likely(seen, from_waist, fall=fall.value)
    rounding = (1 - waist) * _likely(seen, round_back, fall=fall.value)
    other = 1 - waist - rounding
    pelvis = other * _likely(seen, tuck, fall=fall.value)
    neck = _NECK_TOO * other if seen.lost_head else 0.0
    return _ranked(
        {"waist_bend": waist, "rounding": rounding, "pelvic_tuck": pelvis, "chin_tuck": neck}
    )


def _likely(seen: Signs, weights: Weights, **more: float) -> float:
    """Probability of what these weights are of; `more` signs by name."""
    values = {"1": 1.0, **seen.values, **more}
    values |= {name: usual for name, usual in _UNKNOWN.items() if math.isnan(values[name])}
    odds = sum(weight * values[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-odds))


def _ranked(found: dict[FaultName, float]) -> dict[FaultName, float]:
    """What cannot be told apart is reported together, the likeliest a little surer."""
    if sum(found.values()) < _EVEN:
        return found  # no cause at all is likelier
    likeliest = max(found, key=found.__getitem__)
    told = together(found)
    return told | {likeliest: max(told[likeliest], _SURER)} if told[likeliest] >= _EVEN else told
