"""From the vertical in the sensor's axes to an inclination: zero from standing, axis from bending.

How the sensor sits on the dowel is not known. Standing still with the dowel in place gives where
up is when upright; it follows slowly while somebody stands. The first bend gives the axis: people
bend forward. Before it, the inclination is the angle to upright, whatever its direction.

A dowel that slips on the back leaves the angle off zero while somebody stands still: then zero is
taken anew, and the slip is told.
"""

import math

from rig.analysis.inclination.vectors import Vector, added, cross, direction, dot, length
from rig.analysis.lean_settings import InclinationSettings


class Posture:
    """Takes the vertical at each sample, with how long the rod has been still."""

    def __init__(self, settings: InclinationSettings) -> None:
        self._settings = settings
        self._zero: Vector | None = None
        self._sum: Vector = (0.0, 0.0, 0.0)  # of verticals while a zero is looked for
        self._looked_s = 0.0
        self._zero_s = 0.0  # of standing are in the zero
        self._axis_sum: Vector = (0.0, 0.0, 0.0)
        self._axis: Vector | None = None
        self._peak_rad = 0.0  # since last upright
        self._off_s = 0.0  # still, but off zero, for so long

    def forget(self) -> None:
        """The dowel was taken away: where upright is has to be seen again."""
        self._zero = None
        self._look_anew()

    @property
    def known(self) -> bool:
        """Whether upright is known."""
        return self._zero is not None

    def feed(self, up: Vector, still_s: float, dt_s: float) -> float | None:
        """Take a sample; by how much (rad) the dowel was found to have slipped, else None."""
        if self._zero is None:
            self._look(up, still_s, dt_s)
            return None
        angle = self.angle(up)
        if abs(angle) < self._settings.upright_rad:
            self._peak_rad, self._off_s = 0.0, 0.0
            if still_s > 0:
                self._zero_s = min(self._zero_s + dt_s, self._settings.follow_s)
                gain = dt_s / self._zero_s
                self._zero = direction(added(self._zero, added(up, self._zero, -1.0), gain))
            return None
        self._learn_axis(up, dt_s)
        self._peak_rad = max(self._peak_rad, angle)
        self._off_s = self._off_s + dt_s if still_s > 0 else 0.0
        if self._off_s < self._patience_s(angle):
            return None
        self._zero, self._zero_s = up, self._settings.zero_s
        self._peak_rad = self._off_s = 0.0
        return angle

    def angle(self, up: Vector) -> float:
        """Inclination (rad), + forward; `known` must be true."""
        assert self._zero is not None
        turned = cross(up, self._zero)
        sine = length(turned) if self._axis is None else dot(turned, self._axis)
        return math.atan2(sine, dot(up, self._zero))

    def speed(self, up: Vector, rate: Vector) -> float:
        """Of the inclination, rad/s."""
        if self._axis is not None:
            return dot(rate, self._axis)
        turned = cross(up, self._zero or up)
        size = length(turned)
        return dot(rate, turned) / size if size > self._settings.upright_rad else 0.0

    def _look(self, up: Vector, still_s: float, dt_s: float) -> None:
        if still_s <= 0:
            self._look_anew()
            return
        self._sum = added(self._sum, up, dt_s)
        self._looked_s += dt_s
        if self._looked_s >= self._settings.zero_s:
            self._zero, self._zero_s = direction(self._sum), self._looked_s
            self._peak_rad = self._off_s = 0.0
            self._look_anew()

    def _look_anew(self) -> None:
        self._sum, self._looked_s = (0.0, 0.0, 0.0), 0.0

    def _learn_axis(self, up: Vector, dt_s: float) -> None:
        """From where the rod leans far enough for its direction to be certain."""
        assert self._zero is not None
        turned = cross(up, self._zero)
        size = length(turned)
        if size < self._settings.axis_sine:
            return
        if self._axis is not None and dot(turned, self._axis) < self._settings.same_way * size:
            if dot(turned, self._axis) < -self._settings.same_way * size:
                return  # straight backward is not another axis
            self._axis_sum = (0.0, 0.0, 0.0)
        keep = 1 - dt_s / self._settings.axis_s
        old = self._axis_sum
        self._axis_sum = added((old[0] * keep, old[1] * keep, old[2] * keep), turned, dt_s)
        self._axis = direction(self._axis_sum)

    def _patience_s(self, angle: float) -> float:
        """How long one may stand still at this angle before it is taken for upright."""
        s = self._settings
        if angle < 0:
            return s.backward_s
        low = angle < s.slip_rad and (self._peak_rad < 1.5 * angle or angle < 0.4 * self._peak_rad)
        return s.slip_s if low else s.longest_still_s
