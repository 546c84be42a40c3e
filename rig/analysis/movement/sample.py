"""What the plates and pads said over one step of 20 ms, as plain numbers."""

from typing import NamedTuple


class Sample(NamedTuple):
    """Means over the frames of a step around `t_ns` since the first frame; NaN where not known.

    `touch` is the share of the step in which a pad touched.
    """

    t_ns: int
    fz_n: float
    heel_share: float
    asymmetry_pct: float
    cop_ml_mm: float
    cop_ap_mm: float
    heel_n: float
    pad_n: tuple[float, float, float]
    touch: tuple[float, float, float]
    pads_valid: tuple[bool, bool, bool]

    @property
    def t_s(self) -> float:
        """Seconds since the first frame."""
        return self.t_ns * 1e-9
