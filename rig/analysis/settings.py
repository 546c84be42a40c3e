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
    body_off_s: float = 0.3  # provisional: for so long; a jump or a hard drop is shorter
    stale_ns: int = 60_000_000  # four conversions at 80 SPS missing; provisional

    # contact losses (contract)
    loss_min_s: float = 0.120  # shorter losses are noise
    loss_merge_s: float = 0.080  # losses with a shorter gap between them are one
    loss_confirm_s: float = 0.150  # a loss is confirmed after this time
    slip_s: float = 0.150  # all three pads within this time: the dowel slipped
    dowel_settle_s: float = 0.300  # all three pads must touch this long; provisional

    # standing still and weighing (all provisional)
    still_s: float = 0.200  # length of the window that is looked at
    still_quiets: float = 2.0  # how many times this person's own quiet deviation is still
    still_least: float = 0.0015  # of body weight: deviations below are still for everybody
    still_most: float = 0.03  # and above for nobody
    still_cop_sd_mm: float = 5.0
    still_for_sure_s: float = 1.5  # so long still, the person is at rest whatever was integrated
    rest_m_s: float = 0.02  # integrated velocity that can be an error of the weight,
    rest_m_s2: float = 0.006  # and how it may grow with time,
    rest_quiets_m_s2: float = 3.0  # more so for someone who was weighed restless
    weight_follow: float = 0.006  # share of the difference per frame of upright rest
    turn_share: float = 0.12  # turning so near to upright ends a bend
    turn_within_s: float = 5.0  # for so long integrated velocity tells the turning point
    weigh_s: float = 1.0
    weigh_force_sd: float = 0.006
    weigh_drift: float = 0.0015  # between the halves of the window, of body weight
    rough_s: float = 0.4  # until someone stands still, a weight that is only good enough to look
    rough_force_sd: float = 0.025
    weigh_patience_s: float = 5.0  # after this without a weight, say why
    one_foot_share: float = 0.15  # less on one side is a foot off the platform

    # repetitions (all provisional but the kinds' limits)
    least_drop_m: float = 0.012  # a smaller drop of the centre of mass is no bend at all,
    least_drop_m_s2: float = 0.0005  # and a slow one must be larger: errors grow with time squared
    least_drop_most_m: float = 0.060
    longest_bend_s: float = 40.0
    upright_share: float = 0.25  # back within this share of the drop counts as upright
    partial_below: float = 0.75  # contract
    incomplete_below: float = 0.60  # contract
    moving_m_s: float = 0.06  # slower than this is not a phase of its own

    # faults (contract where it names a limit)
    toe_weight_share: float = 0.30
    side_shift_share: float = 0.08
    heel_lift_share: float = 0.012
    fault_min_s: float = 0.050  # provisional: shorter than this is noise
    mid_press: float = 1.2  # provisional: mid-back pressed so much harder says the back rounds
    shallow_depth: float = 0.85  # provisional: angle-like, of the usual
    toes_share: float = 0.08  # provisional: heel share lost against standing
    squat_below_mm: float = 49.0  # provisional: see `movement/kind.py`
