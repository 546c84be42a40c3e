"""The complete state of a running rig, as pages show it; told at every change and each second."""

from msgspec import field

from rig.handover.events import Told
from rig.names import FlowName, Phase


class LiveState(Told, frozen=True, tag="state"):
    """The state; seconds are on the frames' clock. As constructed: nobody has been there yet.

    `docs/internals.md` says what each field means.
    """

    flow: FlowName = "empty"
    phase: Phase = "standing"
    phase_since_s: float | None = None
    session_id: str | None = None
    set_index: int | None = None
    rep_count: int = 0
    person_id: str | None = None
    person_name: str | None = None
    drill: str = "hinge"
    flow_since_s: float | None = None
    flow_until_s: float | None = None
    cue: str | None = None
    qualities: list[int] = field(default_factory=list)
    best_streak: int = 0
    work_on: str | None = None
    score: int | None = None
    pain: bool = False
    discarded: bool = False
    band_mm: tuple[float, float, float, float] | None = None
    plates_mm: list[tuple[float, float]] = field(default_factory=list)
    tempo_s: list[float] = field(default_factory=list)
    silent: bool = False
    body_weight_n: float | None = None
    weighing_failed: str | None = None
    dowel: bool = False
    load_kg: float = 0.0
    heel_block_mm: float = 0.0
    muted: bool = False
    calibrated: bool = False
    not_seen_s: int = 0
    target_deg: float | None = None
    usable_deg: float | None = None
