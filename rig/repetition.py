"""One repetition, as the analysis decides it and everything else keeps and shows it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """A fault in a repetition; `phase` and `depth` (share of this rep's excursion) at onset."""

    name: str
    confidence: float
    onset_s: float
    phase: str
    depth: float


class Tempo:
    """The phases' lengths, for whatever has a repetition's four times (s)."""

    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float

    @property
    def eccentric_s(self) -> float:
        """Descent time."""
        return self.bottom_start_s - self.start_s

    @property
    def pause_s(self) -> float:
        """Time at the bottom."""
        return self.bottom_end_s - self.bottom_start_s

    @property
    def concentric_s(self) -> float:
        """Ascent time."""
        return self.end_s - self.bottom_end_s


@dataclass(frozen=True)
class Rep(Tempo):
    """One repetition, decided once and never revised.

    Times are seconds since the first frame; `depth` is 1 at the person's usual bottom, `drop_m` is
    how far the centre of mass went down; shares are 0..1; `contact_kept_pct` is per pad in `PADS`
    order, None without pads; `score` is 3 (all contacts kept), 2 (a contact lost), 1 (incomplete).
    """

    index: int
    kind: str
    start_s: float
    bottom_start_s: float
    bottom_end_s: float
    end_s: float
    decided_s: float
    depth: float
    drop_m: float
    body_weight_n: float
    heel_share_standing: float | None
    heel_share_bottom: float | None
    heel_share_min: float | None
    heel_share_max: float | None
    asymmetry_pct: float | None
    cop_ap_range_mm: float | None
    cop_ml_range_mm: float | None
    contact_kept_pct: tuple[float | None, float | None, float | None]
    first_loss: str | None
    first_loss_phase: str | None
    faults: tuple[Fault, ...]
    score: int

    def to_json(self) -> dict[str, Any]:
        """Every field, as plain JSON values."""
        return asdict(self)
