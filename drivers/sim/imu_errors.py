"""How far a simulated inertial sensor is off: noise, bias and its drift, misalignment."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_SAMPLES_A_MINUTE: Final = 60 * 104


@dataclass(frozen=True)
class ImuBehaviour:
    """What differs between sensors, as their data sheets have it; 0 and none for a perfect one."""

    speed: float = 1.0  # of the oscillator
    accel_noise_m_s2: float = 0.005  # 70 ug/sqrt(Hz) over 52 Hz
    gyro_noise_rad_s: float = 0.00048  # 3.8 mdps/sqrt(Hz) over 52 Hz
    accel_bias_m_s2: tuple[float, ...] = (0.0, 0.0, 0.0)
    gyro_bias_rad_s: tuple[float, ...] = (0.0, 0.0, 0.0)
    drift_rad_s: float = 0.0  # of the gyroscope's bias, spread of a random walk after a minute
    tilt_rad: float = 0.0  # between the sensor's axes and the board's, about the first axis
    celsius: float = 25.0


PERFECT: Final = ImuBehaviour(accel_noise_m_s2=0.0, gyro_noise_rad_s=0.0)


class ImuErrors:
    """Errors of one sensor, sample by sample."""

    def __init__(self, behaviour: ImuBehaviour, seed: int = 0) -> None:
        self._behaviour = behaviour
        self._random = random.Random(seed)
        self._walk = [0.0] * 3

    def on(self, true: Sequence[float]) -> list[float]:
        """What the sensor makes of the next true values: specific force, angular velocity."""
        how, gauss = self._behaviour, self._random.gauss
        step = how.drift_rad_s / math.sqrt(_SAMPLES_A_MINUTE)
        self._walk = [one + gauss(0.0, step) for one in self._walk]
        force = [
            one + bias + gauss(0.0, how.accel_noise_m_s2)
            for one, bias in zip(_tilted(true[:3], how.tilt_rad), how.accel_bias_m_s2, strict=True)
        ]
        biases = zip(how.gyro_bias_rad_s, self._walk, strict=True)
        turn = [
            one + bias + walk + gauss(0.0, how.gyro_noise_rad_s)
            for one, (bias, walk) in zip(_tilted(true[3:], how.tilt_rad), biases, strict=True)
        ]
        return force + turn


def _tilted(vector: Sequence[float], angle: float) -> list[float]:
    x, y, z = vector
    c, s = math.cos(angle), math.sin(angle)
    return [x, c * y - s * z, s * y + c * z]
