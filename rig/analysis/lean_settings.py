"""Limits of the dowel's inclination, and of bends by it; *provisional*."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class InclinationSettings:
    """The dowel's inertial sensor; angles in radians. Without more, *provisional*.

    Spreads of the sensor are ST's typical ones for the family (DS12814): 20 mg, 1 degree a second.
    """

    gyro_bias_rad_s: float = math.radians(2.0)  # at first
    bias_drift_rad_s: float = math.radians(0.01)  # in a second
    gyro_noise_rad: float = math.radians(0.05)  # in a second
    gyro_scale: float = 0.01  # how wrong a turn is by
    gravity_rad: float = math.radians(1.0)  # how far off one look at gravity is,
    noise_s: float = 0.1  # and for how long it stays off the same way
    offset_rad: float = math.radians(1.0)  # of the accelerometer, which turns with it
    zero_rad: float = math.radians(0.7)  # how well people stand as upright again
    sway_rad_s: float = math.radians(1.0)  # of somebody who stands still, over a second
    still_rad_s: float = math.radians(10.0)  # turns less,
    still_m_s2: float = 0.5  # and feels gravity but for so much (of which 0.35 can be offset),
    size_s: float = 0.06  # smoothed over so long,
    settled_s: float = 0.15  # for so long
    unknown_rad: float = math.radians(30.0)
    lost_rad: float = math.radians(10.0)  # less sure than that, any acceleration will do
    sure_rad: float = math.radians(4.0)  # no angle is told that is less sure,
    zero_sure_rad: float = math.radians(0.8)  # nor is one a first zero
    hole_s: float = 0.05  # a longer one is bridged by the mean of the rates at its ends,
    hole_rad_s3: float = math.radians(125.0)  # which is wrong with the third power of its length;
    bridged_s: float = 0.5  # after a longer one
    hole_rad_s: float = math.radians(60.0)  # the rod can have turned so fast
    stale_ns: int = 60_000_000  # as of cells

    held_ns: int = 300_000_000  # all pads touch for so long: in place
    gone_ns: int = 500_000_000  # no pad does for so long: away
    zero_s: float = 0.4  # of standing still give the first zero,
    follow_s: float = 3.0  # which then follows so fast
    upright_rad: float = math.radians(6.0)  # nearer to zero is standing
    axis_sine: float = math.sin(math.radians(20.0))  # leaning so far shows the axis,
    axis_s: float = 3.0  # over so long
    same_way: float = math.cos(math.radians(35.0))  # a bend further aside is another axis
    backward_s: float = 0.5  # nobody leans back for longer: zero was wrong
    slip_rad: float = math.radians(20.0)  # nobody halts so high up
    slip_s: float = 1.5  # for so long: the dowel slipped
    longest_still_s: float = 12.0  # nor anywhere


@dataclass(frozen=True)
class LeanSettings:
    """Bends in the dowel's inclination; degrees. All *provisional*."""

    begins_deg: float = 8.0  # people sway and reach by less
    ends_deg: float = 4.0
    ends_share: float = 0.10  # of the peak, where that is more
    again_share: float = 0.3  # of the peak: leaning again by so much, from below it, is another
    rest_s: float = 0.16  # no lower for so long: it is over
    after_s: float = 0.12  # or so long after it passed 2 %
    slipped_s: float = 0.9  # or no lower for so long, if that is not upright,
    slipped_deg: float = 20.0  # but so near to it: the dowel slipped in the bend
    before_s: float = 0.5  # of standing before a bend says where it began from
    bridged_s: float = 0.5  # a shorter hole is bridged by a straight line
    kept_s: float = 24.0
    speed_steps: int = 4
    overlap: float = 0.3  # of its time: a bend of the plates that the angle has told
    least_deg: float = 15.0  # a smaller bend is not told
    counts_deg: float = 25.0  # nor does a smaller one count
    squat_m: float = 0.9  # drop over 1 - cos(lean): hinges 0.1 to 0.45, squats 1.1 and more
    squat_steep: float = 4.0  # how fast the probability changes with its logarithm
    squat_longest_s: float = 10.0  # a longer one is none, where the trunk is upright
    squat_drop_m: float = 0.07  # a knee bend comes down so far at least
    deepest_m: float = 0.7  # no person's centre of mass drops further
    straight_deg: float = 6.0  # a trunk leans by so much at least, for that
    borne_share: float = 0.6  # less of the load than that in standing,
    borne_s: float = 0.4  # for so long: somebody sits or holds on
    moving_deg_s: float = 5.0  # slower is no phase
    spine_share: float = 0.75  # how much of a depth counts that was reached by rounding, at least
    deepest_share: float = 0.95  # of the deepest so far is usual
