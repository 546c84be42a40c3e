"""Standing still, as the ring on the screen shows it while the weight is being found."""

import math
from typing import Any, Final

_STEADY: Final = 0.02  # of the load: what a person who stands still sways by; provisional
_RESTS_NS: Final = 200_000_000
_FOLLOW: Final = 0.02  # share per frame with which the load follows
_ONE_FOOT_PCT: Final = 70.0  # asymmetry with hardly anything on the other side


class Standing:
    """Follows the load from frame to frame."""

    def __init__(self) -> None:
        self.both_feet = False
        self._since_ns: int | None = None
        self._now_ns = 0
        self._load_n = math.nan

    @property
    def still_since_ns(self) -> int | None:
        """Since when the load rests; None while it moves or a plate is not known."""
        rests = self._since_ns is not None and self._now_ns - self._since_ns >= _RESTS_NS
        return self._since_ns if rests else None

    def feed(self, t_ns: int, row: Any) -> None:
        """Take the next row of SIGNALS."""
        self._now_ns, fz_n = t_ns, float(row["fz_n"])
        self.both_feet = abs(float(row["asymmetry_pct"])) < _ONE_FOOT_PCT
        if not self.both_feet or not math.isfinite(fz_n):
            self._since_ns, self._load_n = None, math.nan
        elif abs(fz_n - self._load_n) <= _STEADY * self._load_n:
            self._load_n += _FOLLOW * (fz_n - self._load_n)
        else:
            self._since_ns, self._load_n = t_ns, fz_n
