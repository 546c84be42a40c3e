"""From counts to SI units, and where a full scale ends.

A bend of 90° in 0.6 s, by minimum jerk, turns at up to 280 °/s and pulls outwards at 0.6 m from
the hip with 1.5 g beside gravity: ±500 °/s and ±4 g hold it, the next smaller ones do not.
Sensitivities are those of both data sheets.
"""

import math
from typing import Final

from drivers.conversion import GOOD, Flag
from drivers.lsm6ds.fifo import RawSet

STANDARD_GRAVITY_M_S2: Final = 9.80665
M_S2_PER_COUNT: Final = 0.122e-3 * STANDARD_GRAVITY_M_S2  # at ±4 g
RAD_S_PER_COUNT: Final = math.radians(17.5e-3)  # at ±500 °/s
DPS_PER_COUNT_2000: Final = 70e-3  # at ±2000 °/s, for the self-test
G_PER_COUNT: Final = 0.122e-3

_ENDS: Final = (-32768, 32767)
_GYRO_LIMIT_COUNTS: Final = round(500 / 17.5e-3)
"""The words reach to 573 °/s; beyond 500 nothing is promised."""

_CELSIUS_PER_COUNT: Final = 1 / 256
_CELSIUS_AT_ZERO: Final = 25.0


def si(raw: RawSet) -> tuple[float, ...]:
    """Specific force in m/s², then angular velocity in rad/s, along the sensor's axes."""
    force = (count * M_S2_PER_COUNT for count in raw.accel)
    return (*force, *(count * RAD_S_PER_COUNT for count in raw.gyro))


def judge(raw: RawSet) -> Flag:
    """Whether all six values lie within the full scales."""
    beyond = any(count in _ENDS for count in raw.accel)
    beyond = beyond or any(abs(count) > _GYRO_LIMIT_COUNTS for count in raw.gyro)
    return Flag.SATURATED if beyond else GOOD


def celsius(counts: int) -> float:
    """The chip's temperature."""
    return _CELSIUS_AT_ZERO + counts * _CELSIUS_PER_COUNT
