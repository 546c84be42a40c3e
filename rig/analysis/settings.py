"""Settings of the analysis in groups, each number with what it means and where it comes from.

*Provisional* ones are our own reasoning, most of them checked on simulated people. Lengths are in
metres, times in seconds, forces in newtons; shares without more are of body weight.
"""

from dataclasses import dataclass, field

from rig.analysis.lean_settings import InclinationSettings, LeanSettings


@dataclass(frozen=True)
class BalanceSettings:
    """Conversions, forces and contacts of single frames."""

    contact_lost_n: float = 0.5  # contract
    contact_regained_n: float = 0.8  # contract
    stale_ns: int = 60_000_000  # provisional: four conversions at 80 a second are missing
    jump_n: float = 100.0  # provisional: further than bodies move a cell between two conversions
    frozen_ns: int = 150_000_000  # provisional: one value for so long is no converter's,
    frozen_file_ns: int = 10_000_000_000  # in files in newtons, which may be rounded
    lead_s: float = 0.018  # a pad's cover springs back late (measured: 15 to 25 ms too late)


@dataclass(frozen=True)
class PresenceSettings:
    """Who stands on the platform, and whether it reads zero when nobody does."""

    on_n: float = 100.0  # provisional: lighter than any trainee, heavier than a bag
    off_n: float = 50.0  # provisional
    off_s: float = 0.3  # provisional: below `off_n` for so long; a jump is shorter
    zero_s: float = 1.5  # provisional: the empty platform is looked at for so long
    zero_off_n: float = 5.0  # provisional: further from zero is a drift worth telling
    zero_sd_n: float = 3.0  # provisional: more than that, and somebody is stepping on it


@dataclass(frozen=True)
class ChannelSettings:
    """What no person can cause; all provisional. Shares are of the total force."""

    loaded: float = 0.05  # a cell that carries so much shows that its foot is there
    idle: float = 0.008  # less is nothing at all
    never_s: float = 0.8  # standing so long on both feet, one has loaded every cell
    idle_s: float = 5.0  # nobody lifts the heels for longer
    right_again_s: float = 0.5
    pad_never_s: float = 2.0  # a pad that never touched, while the others are held
    pad_open_s: float = 10.0  # the same for one that did
    pad_stuck_s: float = 10.0  # a pad that touches while the others do not,
    pad_same_s: float = 3.0  # or presses with exactly the same force for so long
    drift_s: float = 60.0  # standing still in that time is looked at
    drift_every_s: float = 0.5
    drift_least: int = 40
    drift_n_per_min: float = 2.5
    swap_nodes: int = 150  # 12 s
    swap_both_feet: float = 0.4  # of the heavier foot's load is on the other at least
    swap_moves: float = 0.004  # standard deviation of each foot's heel share
    swap_together: float = -0.5  # correlation of the two


@dataclass(frozen=True)
class WeighingSettings:
    """Body weight from standing still."""

    still_s: float = 1.0  # provisional: one stands still for so long,
    still_sd: float = 0.006  # provisional: with no larger standard deviation of force,
    still_drift: float = 0.0015  # provisional: nor difference between the halves of that time
    patience_s: float = 5.0  # provisional: without a weight for so long, say why
    one_foot: float = 0.15  # provisional: less of the weight on one side is a foot in the air
    changed: float = 0.003  # aim: what people carry is to be known so well
    changed_s: float = 3.0  # provisional: a small change has lasted for so long
    obvious: float = 0.02  # provisional: a larger one is taken as soon as it is steady,
    holding_on_s: float = 3.0  # a lighter weight after so long: someone may hold on to something
    lightest: float = 0.7  # provisional: of the weight before; nobody puts down more


@dataclass(frozen=True)
class BendSettings:
    """The search for bends in total force; where nothing else stands, a number is provisional."""

    # what a bend is like; spreads are standard deviations
    shortest_s: float = 0.5  # the fastest hinges take 0.7 s
    longest_s: float = 15.0  # 6 s a phase and a pause
    usual_s: float = 2.8
    usual_s_spread: float = 0.9  # of its logarithm
    usual_m: float = 0.13  # drop of the centre of mass, until this person's bends tell
    usual_m_spread: float = 0.55  # of its logarithm
    least_m: float = 0.02  # a smaller drop is no bend,
    least_m_s2: float = 0.0012  # nor one that noise builds up in that time,
    least_most_m: float = 0.13  # but this is always one
    deepest_m: float = 0.7  # no person's centre of mass drops further
    again_share: float = 0.3  # of the drop: coming up so far again ends a bend
    rise_share: float = 0.35  # of the drop: rising higher above upright is something else
    lopsided_spread: float = 0.5  # of the logarithm of time into over time out of the lower half
    core_share: float = 0.3  # time in the lower half is at least such a part of the whole,
    core_spread: float = 0.05  # or nearly
    heel_share_spread: float = 0.10  # how differently people stand after a bend
    heel_share_most: float = 4.0  # cost of standing altogether differently

    # what rest and weight are like (measured at the ends of true bends)
    rest_m_s: float = 0.010  # velocity at rest
    upright_m: float = 0.012  # height when upright again
    drift: float = 0.0002  # how weight and zero wander in a second
    unsure_m: float = 0.03  # a window whose height is less sure than this must pay for it
    unlikely: float = 25.0  # largest chi-squared of velocity and height at the end
    quick_m_s: float = 0.03  # velocity is so wrong for a force that doubles in 80 ms
    hole: float = 0.03  # how wrong force can be on the straight line over a hole

    # what standing is like
    stand_spread: float = 0.005  # quiet people's force
    stand_most: float = 2.0  # cost of any force at all, for each
    stand_every_s: float = 0.2
    still: float = 0.004  # stillness: standard deviation and trend of force
    still_s: float = 0.4  # in so long a time
    still_gain: float = 0.03  # how fast the weight follows in stillness,
    still_far: float = 0.005  # unless it is so far off: then it is another weight
    still_sd: float = 0.004  # how wrong a new weight can be,
    still_sd_least: float = 0.002  # and one that was looked at for long
    follow_s: float = 2.0  # how fast the weight follows in restless standing
    begin_sd: float = 0.025  # at first a rougher stand will do
    begin_s: float = 5.0  # later only where nobody stood still for so long

    # costs of explanations
    bend_bonus: float = 1.5  # else one wide window is cheaper than two right ones
    still_cost: float = 1.5  # a second: standing explains stillness better than bending
    other: float = 4.0  # sitting, leaning, stepping,
    other_s: float = 1.8  # and each second of it
    open: float = 5.0  # a bend that has not ended,
    open_s: float = 0.8  # and each second of it
    shows: float = 2.5  # live, one that costs so little more than standing shows
    shows_m_s: float = 0.03  # if it goes down so fast
    ended_s: float = 0.24  # a bend is told when it has ended so long ago
    overlap: float = 0.35  # of its length: ends are known that badly
    foot: float = 0.05  # less of the weight on one foot is a step,
    off_low: float = 0.4  # or so little of it in all: a jump, a seat,
    off_high: float = 1.8  # or so much, where fast bends have 1.67,
    off_s: float = 0.12  # for so long


@dataclass(frozen=True)
class RepetitionSettings:
    """What kind of bend it was."""

    partial_below: float = 0.75  # contract
    incomplete_below: float = 0.60  # contract
    waist_drop: float = 0.36  # provisional: of a hinge's drop is that of a bend from the waist
    waist_most: float = 0.7  # provisional: depth of one, at most
    waist_toes: float = 0.06  # provisional: heel share lost in it, at least
    waist_tailbone: float = 0.5  # provisional: of the time in contact there, at most
    without_dowel: float = 0.2  # provisional: of its time without the dowel is a bend without it
    aside: float = 0.31  # provisional: share of weight that moves aside in a lunge, in no hinge
    aside_s: float = 0.2
    squat_surely: float = 0.9  # contract
    moving_share: float = 0.15  # provisional: slower than this share of the descent is no phase
    moving_least_m_s: float = 0.015  # provisional


@dataclass(frozen=True)
class ContactSettings:
    """The dowel's contacts over time."""

    loss_min_s: float = 0.120  # contract: shorter losses are noise
    loss_merge_s: float = 0.080  # contract: losses with a shorter gap between them are one
    loss_confirm_s: float = 0.150  # contract: a loss is confirmed after this time
    slip_s: float = 0.150  # contract: all three pads within this time: the dowel slipped
    gone_s: float = 0.500  # provisional: all three for so long, one after another: put down
    settle_s: float = 0.300  # provisional: all three pads touch for so long: in place
    head_light_n: float = 3.0  # provisional, as in the guide: more is hard
    mid_firm_n: float = 6.0  # provisional, as in the guide: less is weak
    tail_steady: float = 0.3  # provisional, as in the guide: coefficient of variation


@dataclass(frozen=True)
class FaultSettings:
    """When something in a repetition is a fault."""

    reported: float = 0.5  # contract: the least confidence
    least_s: float = 0.020  # provisional: shorter than this is noise
    toe_weight: float = 0.30  # contract: heel share
    side_shift: float = 0.08  # contract: change of the right side's share
    heel_lift: float = 0.012  # contract: heel force
    mid_press: float = 1.5  # provisional: live cue, mid-back pressed so much harder than standing


@dataclass(frozen=True)
class AnalysisSettings:
    """All of them."""

    balance: BalanceSettings = field(default_factory=BalanceSettings)
    inclination: InclinationSettings = field(default_factory=InclinationSettings)
    presence: PresenceSettings = field(default_factory=PresenceSettings)
    weighing: WeighingSettings = field(default_factory=WeighingSettings)
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    bends: BendSettings = field(default_factory=BendSettings)
    repetitions: RepetitionSettings = field(default_factory=RepetitionSettings)
    leans: LeanSettings = field(default_factory=LeanSettings)
    contacts: ContactSettings = field(default_factory=ContactSettings)
    faults: FaultSettings = field(default_factory=FaultSettings)
