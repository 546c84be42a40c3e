"""Settings of the analysis, each with its default and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnalysisSettings:
    """Thresholds of balance and movement; *provisional* ones are our own reasoning."""

    # balance
    contact_lost_n: float = 0.5  # provisional
    contact_regained_n: float = 0.8  # provisional
    body_on_n: float = 100.0  # provisional: lighter than any trainee, heavier than a bag
    body_off_n: float = 50.0  # provisional
    stale_ns: int = 60_000_000  # four conversions at 80 SPS missing; provisional

    # contact losses (contract)
    loss_min_s: float = 0.120  # shorter losses are noise
    loss_merge_s: float = 0.080  # losses with a shorter gap between them are one
    loss_confirm_s: float = 0.150  # a loss is confirmed after this time
    slip_s: float = 0.150  # all three pads within this time: the dowel slipped
    dowel_settle_s: float = 0.300  # all three pads must touch this long; provisional

    # standing still and weighing (all provisional)
    still_s: float = 0.300  # length of the window that is looked at
    still_force_sd: float = 0.004  # standard deviation of total force, share of body weight
    still_force_off: float = 0.008  # mean against body weight, share of body weight
    still_cop_sd_mm: float = 2.5
    weigh_s: float = 1.0
    weigh_force_sd: float = 0.006
    weigh_patience_s: float = 5.0  # after this without a weight, say why
    one_foot_share: float = 0.15  # less on one side is a foot off the platform

    # repetitions (all provisional but the kinds' limits)
    least_drop_m: float = 0.012  # a smaller drop of the centre of mass is no bend at all
    longest_bend_s: float = 40.0
    upright_share: float = 0.25  # back within this share of the drop counts as upright
    partial_below: float = 0.75  # contract
    incomplete_below: float = 0.60  # contract
    moving_m_s: float = 0.06  # slower than this is not a phase of its own

    # faults (contract where it names a limit)
    toe_weight_share: float = 0.30
    side_shift_share: float = 0.08
    heel_lift_share: float = 0.012
    fault_min_s: float = 0.150  # provisional: shorter than this is no fault
