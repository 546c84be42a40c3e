"""A person's own band for the centre of pressure: from standing, then from clean repetitions."""

from collections import deque
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from rig.drills.drill import Drill
from rig.repetition import Rep
from rig.session.quality import quality

_KEPT_FRAMES: Final = 3000
_STANDING_FRAMES: Final = 50
_LATEST_REPS: Final = 5
_MARGIN_MM: Final = 5.0  # about the clean repetitions; provisional, as the two below
_LEAST_ML_MM: Final = 8.0
_LEAST_AP_MM: Final = 15.0

Box = tuple[float, float, float, float]


class OwnBand:
    """`box` is (ml from, ml to, ap from, ap to) in mm; None before the person is weighed."""

    def __init__(self, drill: Drill) -> None:
        self._half = np.array([drill.band_ml_mm, drill.band_ap_mm])
        self._frames: deque[tuple[int, float, float]] = deque(maxlen=_KEPT_FRAMES)
        self._clean: deque[Any] = deque(maxlen=_LATEST_REPS)
        self.box: Box | None = None

    def feed(self, t_ns: int, row: Any) -> None:
        """Take the next row of SIGNALS."""
        self._frames.append((t_ns, float(row["cop_ml_mm"]), float(row["cop_ap_mm"])))

    def forget(self) -> None:
        """Somebody steps on: perhaps another person, and surely with other places for the feet."""
        self._clean.clear()
        self.box = None

    def stood(self) -> None:
        """The person stands: before there are clean repetitions the band lies about where."""
        places = _known(list(self._frames)[-_STANDING_FRAMES:])
        if len(places) and not self._clean:
            middle = np.median(places, axis=0)
            self._set(middle - self._half, middle + self._half)

    def learn(self, rep: Rep) -> None:
        """Let a clean repetition say how far this person's centre of pressure goes."""
        if quality(rep) < 3 or self.box is None:
            return
        places = _known(f for f in self._frames if rep.start_s * 1e9 <= f[0] <= rep.end_s * 1e9)
        if not len(places):
            return
        self._clean.append((places.min(axis=0), places.max(axis=0)))
        low, high = np.mean(self._clean, axis=0)
        middle, half = (low + high) / 2, (high - low) / 2 + _MARGIN_MM
        half = np.maximum(half, [_LEAST_ML_MM, _LEAST_AP_MM])
        self._set(middle - half, middle + half)

    def _set(self, low: Any, high: Any) -> None:
        (ml_from, ap_from), (ml_to, ap_to) = np.round(low, 1).tolist(), np.round(high, 1).tolist()
        self.box = (ml_from, ml_to, ap_from, ap_to)


def _known(frames: Iterable[tuple[int, float, float]]) -> Any:
    """Their places (n, 2), ml and ap in mm, without those that are not known."""
    places = np.array([frame[1:] for frame in frames]).reshape(-1, 2)
    return places[np.isfinite(places).all(axis=1)]
