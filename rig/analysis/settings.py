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

    zero_s: float = 2.0  # the empty platform is looked at for so long; provisional
    zero_off_n: float = 5.0  # further from zero is a drift worth telling; provisional
    zero_sd_n: float = 3.0  # nobody is stepping on it; provisional

    # contact bands of the seed guide (provisional)
    head_light_n: float = 3.0
    mid_firm_n: float = 6.0
    tail_steady: float = 0.3  # coefficient of variation

    # contact losses (contract)
    loss_min_s: float = 0.120  # shorter losses are noise
    loss_merge_s: float = 0.080  # losses with a shorter gap between them are one
    loss_confirm_s: float = 0.150  # a loss is confirmed after this time
    slip_s: float = 0.150  # all three pads within this time: the dowel slipped
    dowel_gone_s: float = 0.500  # all three lost for so long, one after another: put down; prov.
    dowel_settle_s: float = 0.300  # all three pads must touch this long; provisional

    # weighing (all provisional)
    weigh_s: float = 1.0
    weigh_force_sd: float = 0.006
    weigh_drift: float = 0.0015  # between the halves of the window, of body weight
    rough_s: float = 0.4  # until someone stands still, a weight that is only good enough to look
    rough_force_sd: float = 0.025
    weighed_sd: float = 0.003  # share that the weight can be wrong by
    rough_sd: float = 0.01
    weigh_patience_s: float = 5.0  # after this without a weight, say why
    reweigh_share: float = 0.02  # a standing weight so far from the known one is a new one,
    lighter_s: float = 3.0  # a lighter one only after so long: someone may be holding on
    lightest_share: float = 0.7  # and never one lighter than this
    one_foot_share: float = 0.15  # less on one side is a foot off the platform

    # bends (all provisional)
    leave_m: float = 0.009  # a drop this large, and
    leave_wanders: float = 1.5  # so many of the person's own deviations, is a bend that begins
    wander_m: float = 0.003  # how much people's height wanders while they stand, at first
    wander_most_m: float = 0.006  # more is not their own
    wander_follow_s: float = 8.0
    least_drop_m: float = 0.014  # a smaller drop of the centre of mass is no bend at all,
    least_drop_m_s2: float = 0.001  # and a slow one must be larger: errors grow with time squared
    least_drop_most_m: float = 0.090
    drop_wanders: float = 3.0  # and larger than so many of the person's own deviations
    deepest_m: float = 1.0  # no person's centre of mass drops by more,
    jump_m: float = 0.6  # jumps higher,
    highest_m: float = 0.15  # rises higher on the toes,
    higher_m: float = 0.04  # or stays higher than upright
    higher_s: float = 0.8  # for so long,
    rising_m_s: float = 0.15  # or goes up from there so fast,
    fastest_m_s: float = 3.0  # or moves faster
    upright_share: float = 0.3  # back within this share of the drop counts as upright
    rise_share: float = 2.0  # a drop is so many times any rise, else it is a calf raise
    rise_over_s: float = 0.22  # the way up has ended so long ago
    arrive_most_s: float = 0.8  # upright for so long, it has ended whatever its curve says
    turn_m_s: float = 0.03  # going down this fast again is the next bend,
    turn_sds: float = 2.5  # if it is so many times what velocity can be wrong by
    quiet_s: float = 1.0  # so long quiet where an upright person would be: no bend after all
    quiet_m_s: float = 0.12  # or so long quiet at this speed: what was integrated is wrong
    quiet_drift: float = 0.006  # quiet: share of weight between the halves of a second,
    quiet_off: float = 0.006  # off the weight,
    quiet_sd: float = 0.008  # and deviation
    longest_bend_s: float = 40.0

    # repetitions
    partial_below: float = 0.75  # contract
    incomplete_below: float = 0.60  # contract
    least_rep_m: float = 0.03  # provisional: a smaller drop is incomplete for everybody
    step_share: float = 0.05  # provisional: less of the weight on one foot is a step
    moving_share: float = 0.15  # provisional: slower than this share of the descent is no phase
    moving_least_m_s: float = 0.015  # provisional

    # faults (contract where it names a limit)
    toe_weight_share: float = 0.30
    side_shift_share: float = 0.08
    heel_lift_share: float = 0.012
    fault_min_s: float = 0.050  # provisional: shorter than this is noise
    mid_press: float = 1.5  # provisional: mid-back pressed so much harder says the back rounds
    mid_out: float = 1.9  # provisional: without a lost contact it takes more than that,
    end_eased: float = 0.8  # and an end of the dowel pressed less,
    shape_min_s: float = 0.2  # for so long
    mid_eased: float = 0.45  # provisional: pressed so much less, the back arches,
    end_pressed: float = 1.2  # and an end of the dowel is pressed more
    shallow_depth: float = 0.85  # provisional: angle-like, of the usual
    toes_share: float = 0.08  # provisional: heel share lost against standing
    squat_below_mm: float = 49.0  # provisional: see `movement/kind.py`; at a drop of
    hinge_drop_m: float = 0.20
    squat_mm_per_m: float = 300.0  # provisional: more where the drop is deeper
    squat_drop_m: float = 0.32  # provisional: so deep without other signs
