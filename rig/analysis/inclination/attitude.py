"""Where up is, in the sensor's axes: a small Kalman filter over gyroscope and accelerometer.

The gyroscope turns the vertical from sample to sample. Where the specific force is that of gravity
alone (its size is right, the rod hardly turns and has not for a moment) it corrects the vertical
and the gyroscope's bias. The two tilts are alike, so one 2 x 2 covariance (tilt, bias) serves both.
"""

import math
from typing import Final

from rig.analysis.inclination.vectors import Vector, added, cross, direction, dot, length
from rig.analysis.lean_settings import InclinationSettings

_GRAVITY: Final = 9.80665
_LEAST_M_S2: Final = 1.0  # in free fall nothing points up


class Attitude:
    """Takes samples in order; `up` is a unit vector, or None before the first."""

    def __init__(self, settings: InclinationSettings) -> None:
        self._settings = settings
        self.up: Vector | None = None
        self._bias: Vector = (0.0, 0.0, 0.0)
        self._bias_var = settings.gyro_bias_rad_s**2
        self.rate: Vector = (0.0, 0.0, 0.0)
        """Angular velocity without bias, rad/s."""
        self.tilt_var = 0.0
        """Variance of the vertical about a horizontal axis, rad²."""
        self._both = 0.0  # covariance of tilt and bias
        self._size = _GRAVITY  # of the specific force, without its noise
        self.still_s = 0.0
        """For how long the sensor has hardly moved."""

    def feed(self, dt_s: float, force: Vector, turn: Vector) -> None:
        """Specific force (m/s²) and angular velocity (rad/s), `dt_s` after the sample before."""
        s, before = self._settings, self.rate
        self.rate = added(turn, self._bias, -1.0)
        size = length(force)
        if self.up is None:
            if size > _LEAST_M_S2:
                self.up = direction(force)
                self.tilt_var = s.unknown_rad**2
            return
        if dt_s > s.bridged_s:
            self._after_hole(dt_s)
        else:
            self._turn(self.up, before, dt_s)
        self._watch_stillness(dt_s if dt_s <= s.hole_s else 0.0, size)  # a hole was not seen still
        if self.still_s >= s.settled_s:
            self._correct(self.up, direction(force), s.noise_s / max(dt_s, 1e-3))
            self._correct_bias(dt_s)
        elif self.tilt_var > s.lost_rad**2 and size > _LEAST_M_S2:
            self._correct(self.up, direction(force), (s.lost_rad / s.gravity_rad) ** 2)

    def _turn(self, up: Vector, before: Vector, dt_s: float) -> None:
        """By the mean of this rate and the one before."""
        s = self._settings
        step = added(before, self.rate)
        half = dt_s / 2
        middle = added(up, cross(up, step), half / 2)  # second order in the angle
        self.up = direction(added(up, cross(middle, step), half))
        self.tilt_var += dt_s * (2 * self._both + dt_s * self._bias_var)
        self.tilt_var += (
            s.gyro_noise_rad**2 * dt_s + (s.gyro_scale * dt_s) ** 2 * dot(step, step) / 4
        )
        if dt_s > s.hole_s:
            self.tilt_var += (s.hole_rad_s3 * dt_s**3) ** 2
            self.still_s = 0.0
        self._both += dt_s * self._bias_var
        self._bias_var += s.bias_drift_rad_s**2 * dt_s

    def _after_hole(self, dt_s: float) -> None:
        """What the rod did meanwhile is not known."""
        s = self._settings
        self.tilt_var = min(self.tilt_var + (s.hole_rad_s * dt_s) ** 2, s.unknown_rad**2)
        self._both = 0.0
        self.still_s = 0.0

    def _watch_stillness(self, dt_s: float, size: float) -> None:
        s = self._settings
        self._size += min(dt_s / s.size_s, 1.0) * (size - self._size)
        moves = dot(self.rate, self.rate) > s.still_rad_s**2
        if moves or abs(self._size - _GRAVITY) > s.still_m_s2:
            self.still_s = 0.0
        else:
            self.still_s += dt_s

    def _correct(self, up: Vector, seen: Vector, noise: float) -> None:
        """Towards where gravity is felt; `noise` is how many times the variance of one look."""
        off = cross(up, seen)
        spread = self.tilt_var + self._settings.gravity_rad**2 * noise
        gain, bias_gain = self.tilt_var / spread, self._both / spread
        self.up = direction(added(up, cross(off, up), gain))
        self._bias = added(self._bias, off, bias_gain)
        self._bias_var -= bias_gain * self._both
        self._both *= 1 - gain
        self.tilt_var *= 1 - gain

    def _correct_bias(self, dt_s: float) -> None:
        """Whoever stands still does not turn, on average."""
        s = self._settings
        spread = self._bias_var + s.sway_rad_s**2 / max(dt_s, 1e-3)
        gain = self._bias_var / spread
        self._bias = added(self._bias, self.rate, gain)
        self._bias_var *= 1 - gain
        self._both *= 1 - gain


def degrees(variance: float) -> float:
    """The standard deviation of an angle in degrees, from its variance in rad²."""
    return math.degrees(math.sqrt(variance))
