"""Frames straight from a performance, as the sampler would make them, without wires in between."""

from typing import Final

import numpy as np
import numpy.typing as npt

from drivers.sim.imu_errors import ImuErrors
from rig.frames import FRAME, TICK_NS, Block, Flag
from rig.names import CELLS, CHANNELS, PADS
from rig.simulation.trainee.imu_truth import drawn_imu
from rig.simulation.trainee.performance import Performance
from rig.simulation.trainee.rig_truth import RigTruth

RATES_SPS: Final = (85.3, 88.1, 91.4, 86.7)
"""Every chip has its own oscillator."""

_CELL_NOISE_COUNTS: Final = 120.0
_PAD_NOISE_V: Final = 0.0002
_PAD_LSB_V: Final = 0.000125
_PAD_AGE_NS: Final = 5_000_000
_IMU_AGE_NS: Final = 12_000_000
_IMU: Final = CHANNELS.index("imu")


def frames_of(
    performance: Performance,
    truth: RigTruth,
    seed: int,
    *,
    first_seq: int = 0,
    start_ns: int = 0,
    imu: bool = False,
) -> Block:
    """One run through the performance as frames (FRAME), `start_ns` being its beginning.

    With `imu` the dowel has an inertial sensor, with errors of its own; else it is `ABSENT`.
    """
    rng = np.random.default_rng(seed)
    ticks = round(performance.duration_s * 1e9) // TICK_NS
    block = np.zeros(ticks, FRAME)
    block["seq"] = first_seq + np.arange(ticks)
    block["t_ns"] = start_ns + TICK_NS * np.arange(1, ticks + 1)
    block["flags"] = Flag.NONE
    for cell in range(len(CELLS)):
        _fill_cell(block, cell, performance, truth, rng, start_ns)
    for pad in range(len(PADS)):
        t_ns = block["t_ns"] - start_ns - _PAD_AGE_NS
        force = np.interp(t_ns * 1e-9, _times(performance), performance.pad_shown_n[:, pad])
        volts = [truth.pad_volts(pad, value) for value in force.tolist()]
        noisy = np.array(volts) + rng.normal(0.0, _PAD_NOISE_V, ticks)
        block["pad_counts"][:, pad] = np.round(noisy / _PAD_LSB_V)
        block["pad_t_ns"][:, pad] = block["t_ns"] - _PAD_AGE_NS
        block["flags"][:, len(CELLS) + pad] = 0
    block["flags"][:, _IMU] = Flag.ABSENT
    if imu:
        _fill_imu(block, performance, seed, start_ns)
    return block


def _fill_imu(block: Block, performance: Performance, seed: int, start_ns: int) -> None:
    """A sample each tick, as old as on the simulated wire."""
    own_t_ns = block["t_ns"] - _IMU_AGE_NS
    errors = ImuErrors(drawn_imu(seed), seed)
    seconds = ((own_t_ns - start_ns) * 1e-9).tolist()
    block["imu_values"] = [errors.on(performance.imu_at(t_s)) for t_s in seconds]
    block["imu_t_ns"][:, 0] = own_t_ns
    block["flags"][:, _IMU] = 0


def _times(performance: Performance) -> npt.NDArray[np.float64]:
    return np.linspace(0.0, performance.duration_s, len(performance.cell_n), endpoint=False)


def _fill_cell(
    block: Block,
    cell: int,
    performance: Performance,
    truth: RigTruth,
    rng: np.random.Generator,
    start_ns: int,
) -> None:
    """Conversions at the chip's own rate, each into the first tick after it that is free."""
    period_ns = 1e9 / RATES_SPS[cell]
    ends_ns = np.arange(rng.uniform(0, period_ns), performance.duration_s * 1e9, period_ns)
    force = np.interp(ends_ns * 1e-9, _times(performance), performance.cell_n[:, cell])
    calibration = truth.calibration.cells[cell]
    counts = calibration.zero_counts + calibration.counts_per_n * force
    counts = np.round(counts + rng.normal(0.0, _CELL_NOISE_COUNTS, len(counts)))
    rows = np.ceil(ends_ns / TICK_NS).astype(np.int64) - 1
    inside = (rows >= 0) & (rows < len(block))
    rows = rows[inside]
    block["cell_counts"][rows, cell] = counts[inside]
    block["cell_t_ns"][rows, cell] = start_ns + ends_ns[inside].astype(np.int64)
    block["flags"][rows, cell] = 0
