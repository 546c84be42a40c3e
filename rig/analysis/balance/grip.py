"""How firmly this person holds the dowel to the back in standing, for pads without a calibration.

Pads of the same type differ by a factor of two in force, so 0.5 N by typical constants says little.
What can be said is relative to the person's own standing: contact limits go with the pad's mean
over the first second in which all three are held steadily. *Provisional* throughout.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from rig.names import PADS

Floats = npt.NDArray[np.float64]

_USUAL: Final = {"head": 2.0, "mid_back": 8.0, "tailbone": 5.0}  # light, firm, steady
USUAL_N: Final = np.array([_USUAL[pad] for pad in PADS])
_FLOOR_N: Final = np.array(0.15)  # less is no dowel at all
_LEAST, _MOST = 0.2, 3.0
_HELD_NS: Final = 1_000_000_000
_LET_GO_NS: Final = 2_000_000_000
_STEADY: Final = 0.2  # standard deviation over mean


class StandingGrip:
    """Gives, per frame and pad, the factor by which contact limits are to be multiplied.

    1 for calibrated pads, and until somebody has held the dowel steadily for a second; forgotten
    when the dowel has been away for two.
    """

    def __init__(self, typical: npt.NDArray[np.bool_]) -> None:
        self._typical = typical
        self._any_typical = bool(typical.any())
        self._scale = np.ones((1, len(typical)))
        self._known = False
        self._since_ns: int | None = None
        self._seen: list[list[float]] = []

    def feed(self, t_ns: npt.NDArray[np.int64], pad_n: Floats) -> Floats:
        """Factors (n, pads), or (1, pads) where they are the same for all frames."""
        if not self._any_typical:
            return self._scale
        away = np.logical_and.reduce(pad_n < _FLOOR_N, axis=1)
        if self._known and not away.any():
            self._since_ns = None
            return self._scale
        held = np.logical_and.reduce(pad_n > _FLOOR_N, axis=1)
        scales = np.empty_like(pad_n)
        scales[:] = scale = self._scale
        for n, (t, is_held, is_away) in enumerate(
            zip(t_ns.tolist(), held.tolist(), away.tolist(), strict=True)
        ):
            if self._known:
                self._watch(t, is_away)
            else:
                self._learn(t, is_held, pad_n[n])
            if self._scale is not scale:
                scales[n:] = scale = self._scale
        return scales

    def _learn(self, t_ns: int, held: bool, force_n: Floats) -> None:
        if not held:
            self._since_ns = None
            return
        if self._since_ns is None:
            self._since_ns, self._seen = t_ns, []
        self._seen.append(force_n.tolist())
        if t_ns - self._since_ns < _HELD_NS:
            return
        mean, sd = np.mean(self._seen, axis=0), np.std(self._seen, axis=0)
        self._since_ns = None
        if (sd <= _STEADY * mean).all():
            share = np.minimum(np.maximum(mean / USUAL_N, _LEAST), _MOST)
            self._scale, self._known = np.where(self._typical, share, 1.0)[None], True

    def _watch(self, t_ns: int, away: bool) -> None:
        if not away:
            self._since_ns = None
        elif self._since_ns is None:
            self._since_ns = t_ns
        elif t_ns - self._since_ns >= _LET_GO_NS:
            self._scale, self._known, self._since_ns = np.ones_like(self._scale), False, None
