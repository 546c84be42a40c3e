"""Settings of the analysis, each with its default and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnalysisSettings:
    """Thresholds of balance and movement; *provisional* ones are our own reasoning."""

    contact_lost_n: float = 0.5  # provisional
    contact_regained_n: float = 0.8  # provisional
    body_on_n: float = 100.0  # provisional: lighter than any trainee, heavier than a bag
    body_off_n: float = 50.0  # provisional
    stale_ns: int = 60_000_000  # four conversions at 80 SPS missing; provisional
    loss_min_s: float = 0.120  # shorter losses are noise (contract)
    loss_merge_s: float = 0.080  # gaps shorter than this merge (contract)
    slip_s: float = 0.150  # all three pads within this time: the dowel slipped (contract)
    loss_confirm_s: float = 0.150  # a loss is confirmed after this time (contract)
