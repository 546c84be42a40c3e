"""Quiet-stance metrics of the centre of pressure, by the definitions of `docs/analysis.md`."""

import math
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy import signal, stats

Floats = npt.NDArray[np.float64]

_FILTER_ORDER = 4
_NO_POWER = 1e-300  # keeps a trial that does not move at all at frequency 0


@dataclass(frozen=True)
class Sway:
    """Metrics of one trial; lengths in millimetres, frequencies in hertz."""

    n: int
    fs_hz: float
    path_mm: float
    mean_velocity_mm_s: float
    rms_ml_mm: float
    rms_ap_mm: float
    range_ml_mm: float
    range_ap_mm: float
    ellipse95_mm2: float
    sway_area_mm2_s: float
    mean_frequency_ml_hz: float
    mean_frequency_ap_hz: float
    mean_frequency_hz: float

    def to_json(self) -> dict[str, float | int]:
        """The contract's document."""
        return asdict(self)


def sway_metrics(ml_mm: Floats, ap_mm: Floats, fs_hz: float) -> Sway:
    """Metrics of a trial of at least 4 samples, (n,) each, evenly sampled at `fs_hz`."""
    n = len(ml_mm)
    x, y = ml_mm - ml_mm.mean(), ap_mm - ap_mm.mean()
    path = float(np.hypot(np.diff(x), np.diff(y)).sum())
    swept = float(np.abs(x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)
    frequency_ml, power_ml = _mean_frequency(ml_mm, fs_hz)
    frequency_ap, power_ap = _mean_frequency(ap_mm, fs_hz)
    both = frequency_ml * power_ml + frequency_ap * power_ap
    return Sway(
        n=n,
        fs_hz=fs_hz,
        path_mm=path,
        mean_velocity_mm_s=path * fs_hz / n,
        rms_ml_mm=float(np.sqrt((x**2).mean())),
        rms_ap_mm=float(np.sqrt((y**2).mean())),
        range_ml_mm=float(np.ptp(x)),
        range_ap_mm=float(np.ptp(y)),
        ellipse95_mm2=_prediction_ellipse(x, y),
        sway_area_mm2_s=swept * fs_hz / n,
        mean_frequency_ml_hz=frequency_ml,
        mean_frequency_ap_hz=frequency_ap,
        mean_frequency_hz=both / max(power_ml + power_ap, _NO_POWER),
    )


def lowpass(curve: Floats, fs_hz: float, cutoff_hz: float) -> Floats:
    """The curve through a fourth-order Butterworth filter, forwards and back (no shift in time)."""
    sections = signal.butter(_FILTER_ORDER, cutoff_hz, fs=fs_hz, output="sos")
    filtered: Floats = signal.sosfiltfilt(sections, curve)
    return filtered


def _prediction_ellipse(x: Floats, y: Floats) -> float:
    """Area of the 95 % prediction ellipse: where a further sample lies with that probability."""
    n = len(x)
    scale = 2 * (n - 1) * (n + 1) / (n * (n - 2)) * stats.f.ppf(0.95, 2, n - 2)
    return float(math.pi * scale * np.sqrt(np.linalg.det(np.cov(x, y))))


def _mean_frequency(curve: Floats, fs_hz: float) -> tuple[float, float]:
    """Power-weighted mean frequency (integrals by trapezoids), and the sum of the spectrum.

    Welch's spectrum: Hann, segments of n/2, half overlap, mean taken off. The sum is the weight of
    an axis in the mean over both; with these two conventions the published values come out.
    """
    segment = len(curve) // 2
    hz, power = signal.welch(
        curve, fs=fs_hz, window="hann", nperseg=segment, noverlap=segment // 2, detrend="constant"
    )
    whole = max(float(np.trapezoid(power, hz)), _NO_POWER)
    return float(np.trapezoid(hz * power, hz)) / whole, float(power.sum())
