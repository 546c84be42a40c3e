"""The simulated rig's own gains, zeros and pads, which no calibration knows exactly."""

from dataclasses import dataclass, replace

import numpy as np

from rig.calibration import Calibration, CellCalibration, PadCalibration, typical_calibration

_GAIN_SPREAD = 0.004  # a cell calibrated with weights is good to about this
_ZERO_N = 4.0
_PAD_SPREAD = 0.08


@dataclass(frozen=True)
class RigTruth:
    """What the simulated chips see: counts of a cell for its force, volts of a pad for its."""

    calibration: Calibration

    def cell_counts(self, cell: int, force_n: float) -> float:
        """Counts at gain 128, not rounded, not limited."""
        truth = self.calibration.cells[cell]
        return truth.zero_counts + truth.counts_per_n * force_n

    def pad_volts(self, pad: int, force_n: float) -> float:
        """Volts at the converter's input."""
        truth = self.calibration.pads[pad]
        siemens: float = truth.siemens_at_1n * max(force_n, 0.0) ** truth.exponent
        siemens += 1 / truth.parallel_ohm if truth.parallel_ohm else 0.0
        return truth.supply_v * truth.divider_ohm / (truth.divider_ohm + 1 / max(siemens, 1e-12))


def true_rig(seed: int) -> RigTruth:
    """A rig drawn around the typical one."""
    rng = np.random.default_rng(seed + 7)
    typical = typical_calibration("sim", id="truth", created_utc="1970-01-01T00:00:00Z")

    def cell(base: CellCalibration) -> CellCalibration:
        return replace(
            base,
            zero_counts=base.counts_per_n * rng.uniform(-_ZERO_N, _ZERO_N),
            counts_per_n=base.counts_per_n * rng.normal(1.0, _GAIN_SPREAD),
        )

    def pad(base: PadCalibration) -> PadCalibration:
        return replace(base, siemens_at_1n=base.siemens_at_1n * rng.normal(1.0, _PAD_SPREAD))

    return RigTruth(
        replace(
            typical,
            cells=tuple(cell(base) for base in typical.cells),
            pads=tuple(pad(base) for base in typical.pads),
        )
    )


def tared_calibration(seed: int = 1) -> Calibration:
    """What such a rig has after its first tare: typical gains, the zeros that it really has."""
    zeros = [cell.zero_counts for cell in true_rig(seed).calibration.cells]
    typical = typical_calibration("rig-1", id="typical", created_utc="2026-01-01T00:00:00Z")
    return typical.with_zeros(zeros, id="tared", created_utc="2026-01-01T00:00:00Z")
