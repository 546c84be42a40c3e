"""The family's self-test: the chip moves its own masses, and must answer within limits.

It takes half a second in which the sensor has to lie still, and gives no samples.
"""

from collections.abc import Generator
from typing import Final

from drivers.lsm6ds.fifo import words
from drivers.lsm6ds.port import Port
from drivers.lsm6ds.registers import (
    ACCEL,
    CTRL2_G,
    CTRL5_C,
    FULL_SCALE_2000_DPS,
    OUT_TEMP,
    RATE_104_HZ,
    SELF_TEST_BOTH,
    TRANSFERS,
)
from drivers.lsm6ds.scale import DPS_PER_COUNT_2000, G_PER_COUNT

PASSED: Final = "passed"
_GYRO_DPS: Final = (150.0, 700.0)  # both data sheets, at ±2000 °/s
_WAIT_NS: Final = 100_000_000  # as the application notes wait for the answer to be steady
_NEXT_SAMPLE_NS: Final = 11_000_000
_SAMPLES: Final = 5
_AXES: Final = "xyz"


def self_test(port: Port, accel_g: tuple[float, float]) -> Generator[int, None, str]:
    """Yield how long to wait (ns); returns `passed`, or the axes that failed."""
    port.write_all((TRANSFERS, ACCEL, (CTRL2_G, RATE_104_HZ | FULL_SCALE_2000_DPS)))
    yield _WAIT_NS
    still = yield from _mean(port)
    port.write(CTRL5_C, SELF_TEST_BOTH)
    yield _WAIT_NS
    moved = yield from _mean(port)
    port.write(CTRL5_C, 0)
    change = [abs(after - before) for before, after in zip(still, moved, strict=True)]
    dps = [counts * DPS_PER_COUNT_2000 for counts in change[:3]]
    g = [counts * G_PER_COUNT for counts in change[3:]]
    failed = [*_failed("gyroscope", dps, _GYRO_DPS), *_failed("accelerometer", g, accel_g)]
    return f"failed: {', '.join(failed)}" if failed else PASSED


def _mean(port: Port) -> Generator[int, None, list[float]]:
    total = [0] * 6
    for _ in range(_SAMPLES):
        yield _NEXT_SAMPLE_NS
        sample = words(port.read(OUT_TEMP + 2, 12))
        total = [so_far + one for so_far, one in zip(total, sample, strict=True)]
    return [one / _SAMPLES for one in total]


def _failed(what: str, values: list[float], limits: tuple[float, float]) -> list[str]:
    low, high = limits
    return [
        f"{what} {axis}"
        for axis, value in zip(_AXES, values, strict=True)
        if not low <= value <= high
    ]
