"""Where a falling pad force is about to be.

The cover of a pressure pad springs back late: a pad that is let go still reads force for some tens
of milliseconds. A lead on the falling force, `F + lead · dF/dt`, takes most of that out of when a
loss is noticed; a rising force is taken as it is.
"""

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]

_LONGEST_NS = 50_000_000  # further apart, two forces tell no slope


class FallingLead:
    """Of some pads; the slope is that between two frames."""

    def __init__(self, pads: int, lead_s: float) -> None:
        self._lead_ns = lead_s * 1e9
        self._t_ns = -(10**18)
        self._force_n = [math.nan] * pads

    def feed(self, t_ns: Times, force_n: Floats) -> Floats:
        """Forces (n, pads) at times (n,), never above what they are."""
        if len(t_ns) == 1:
            return self._one(int(t_ns[0]), force_n[0].tolist())
        times = np.concatenate([[self._t_ns], t_ns])
        forces = np.concatenate([[self._force_n], force_n])
        self._t_ns, self._force_n = int(times[-1]), forces[-1].tolist()
        apart = (times[1:] - times[:-1])[:, None]
        fall = np.minimum(forces[1:] - forces[:-1], 0.0)
        ahead = self._lead_ns / np.maximum(apart, 1)
        sound = (apart > 0) & (apart <= _LONGEST_NS) & np.isfinite(fall)
        led: Floats = force_n + np.where(sound, fall * ahead, 0.0)
        return led

    def _one(self, t_ns: int, force_n: list[float]) -> Floats:
        """A single frame, as live."""
        apart, before_n = t_ns - self._t_ns, self._force_n
        self._t_ns, self._force_n = t_ns, force_n
        ahead = self._lead_ns / apart if 0 < apart <= _LONGEST_NS else 0.0
        led = [
            now + (now - before) * ahead if now < before else now
            for now, before in zip(force_n, before_n, strict=True)
        ]
        return np.array([led])
