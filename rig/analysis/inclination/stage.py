"""Frames in, inclination out: whether it is known, and how well."""

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rig.analysis.inclination.attitude import Attitude
from rig.analysis.inclination.posture import Posture
from rig.analysis.lean_settings import InclinationSettings

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_NEVER: Final = -(10**18)


class Inclined(NamedTuple):
    """Of each frame (n,): degrees forward of upright, and their standard uncertainty; or NaN."""

    deg: Floats
    sd_deg: Floats


class Slip(NamedTuple):
    """At a frame the dowel was found to lie otherwise against the back, by so much."""

    t_ns: int
    change_deg: float


class Inclination:
    """Follows one dowel. What it says of a frame depends on it and those before alone."""

    def __init__(self, settings: InclinationSettings) -> None:
        self._settings = settings
        self._attitude = Attitude(settings)
        self._posture = Posture(settings)
        self._last_ns = _NEVER
        self._held_ns = self._away_ns = _NEVER
        self._in_place = self._awake = False
        self.slips: list[Slip] = []
        """What was found in the last block."""

    def feed(
        self, t_ns: Times, own_t_ns: Times, values: Floats, good: Mask, held: Mask, gone: Mask
    ) -> Inclined:
        """Frames (n,) with the samples' own times and values (n, 6) in SI units where `good`.

        `held`: all pads that there are touch, and somebody stands there; `gone`: none does.
        """
        self.slips = []
        both = np.full((len(t_ns), 2), np.nan)
        first = self._awakened(t_ns, good)
        if first < len(t_ns):
            columns = t_ns, own_t_ns, values.astype(np.float64), good, held, gone
            rows = zip(*(column[first:].tolist() for column in columns), strict=True)
            both[first:] = [self._frame(*row) for row in rows]
        return Inclined(both[:, 0], both[:, 1])

    def asleep(self, good: Mask) -> bool:
        """Whether there has been no sample yet, and is none in these frames either."""
        return not self._awake and not good.any()

    def _awakened(self, t_ns: Times, good: Mask) -> int:
        """The first frame to look at: from the first sample on."""
        if self._awake:
            return 0
        if not good.any():
            return len(good)
        first = int(good.argmax())
        self._awake = True
        self._held_ns = self._away_ns = int(t_ns[first])
        return first

    def _frame(
        self, t_ns: int, own_ns: int, values: list[float], good: bool, held: bool, gone: bool
    ) -> tuple[float, float]:
        self._hold(t_ns, held, gone)
        if good and own_ns > self._last_ns:
            self._sample(t_ns, own_ns, values)
        return self._now(t_ns)

    def _hold(self, t_ns: int, held: bool, gone: bool) -> None:
        """In place once held for a while, away once gone for a while."""
        s = self._settings
        if not held:
            self._held_ns = t_ns
        if not gone:
            self._away_ns = t_ns
        if self._in_place and t_ns - self._away_ns >= s.gone_ns:
            self._in_place = False
            self._posture.forget()
        elif not self._in_place and t_ns - self._held_ns >= s.held_ns:
            self._in_place = True

    def _sample(self, t_ns: int, own_ns: int, values: list[float]) -> None:
        ax, ay, az, gx, gy, gz = values
        dt_s = min((own_ns - self._last_ns) * 1e-9, 1e3)
        self._last_ns = own_ns
        attitude = self._attitude
        attitude.feed(dt_s, (ax, ay, az), (gx, gy, gz))
        if not self._in_place or attitude.up is None or self._unsure():
            return
        settled = attitude.still_s >= self._settings.settled_s
        settled &= self._posture.known or attitude.tilt_var < self._settings.zero_sure_rad**2
        still_s = attitude.still_s if settled else 0.0
        slip = self._posture.feed(attitude.up, still_s, min(dt_s, self._settings.hole_s))
        if slip is not None:
            self.slips.append(Slip(t_ns, math.degrees(slip)))

    def _unsure(self) -> bool:
        return self._attitude.tilt_var > self._settings.sure_rad**2

    def _now(self, t_ns: int) -> tuple[float, float]:
        """Carried on to the frame's time."""
        up = self._attitude.up
        age_ns = t_ns - self._last_ns
        known = self._in_place and self._posture.known and age_ns <= self._settings.stale_ns
        if up is None or not known or self._unsure():
            return math.nan, math.nan
        angle = self._posture.angle(up)
        angle += self._posture.speed(up, self._attitude.rate) * max(age_ns, 0) * 1e-9
        offset = 2 * math.sin(abs(angle) / 2) * self._settings.offset_rad
        variance = self._attitude.tilt_var + self._settings.zero_rad**2 + offset * offset
        return math.degrees(angle), math.degrees(math.sqrt(variance))
