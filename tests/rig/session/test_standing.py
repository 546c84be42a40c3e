import math

from rig.session.standing import Standing
from tests.support.recorder_rig import standing_rows

TICK_NS = 10_000_000


def after(*loads, asymmetry_pct=0.0):
    standing = Standing()
    for tick, load in enumerate(loads):
        row = standing_rows(1)[0]
        row["fz_n"], row["asymmetry_pct"] = load, asymmetry_pct
        standing.feed(tick * TICK_NS, row)
    return standing


def test_still_is_since_the_load_stopped_moving():
    moving = [700 + 40 * (tick % 2) for tick in range(50)]
    assert after(*moving).still_since_ns is None
    assert after(*moving, *[700] * 30).still_since_ns == 50 * TICK_NS


def test_sway_is_still_standing_still():
    assert after(*[700 + 5 * math.sin(tick / 7) for tick in range(300)]).still_since_ns == 0


def test_a_plate_that_is_not_known_stops_it():
    assert after(*[700] * 50, math.nan).still_since_ns is None


def test_one_foot_is_not_standing():
    standing = after(*[700] * 50, asymmetry_pct=95.0)
    assert standing.still_since_ns is None
    assert not standing.both_feet
