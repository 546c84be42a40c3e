"""What the analysis reports besides signals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

EVENT_NAMES: Final = {
    "person_on": "someone stands on the platform",
    "person_off": "the platform is empty again",
    "weighed": "body weight found from standing still: body_weight_n",
    "weighing_failed": "no body weight: reason",
    "zero_drift": "the empty platform does not read zero: offset_n",
    "dowel_on": "the dowel is in place: all three pads touch",
    "dowel_off": "the dowel slipped or was put down: all three pads lost at once",
    "phase": "the phase changed: phase",
    "rep": "a repetition was decided: rep",
    "contacts": "how a repetition's contacts were held: rep, bands, first_losses, usable_depth",
    "bend_without_dowel": "a bend that is no repetition, for want of the dowel",
    "contact_lost": "a pad lost contact: pad, noticed_s",
    "contact_regained": "a pad touches again: pad, start_s, end_s",
    "frames_missed": "frames that were sampled and not recorded: count, next_seq",
    "signal_gap": "frames or conversions are missing: duration_s",
}


@dataclass(frozen=True)
class Event:
    """Something that happened at `t_ns` (since the first frame), with its named values."""

    t_ns: int
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name not in EVENT_NAMES:
            raise ValueError(f"{self.name!r} is not an event")


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
