"""How long sensors were silent in a set."""

import pytest

from rig.frames import TICK_NS
from rig.names import CHANNELS, FORCE_CHANNELS
from rig.session.unseen import Unseen

ALL = (1 << len(CHANNELS)) - 1


def lost(channel):
    return ALL & ~(1 << CHANNELS.index(channel))


def feed(unseen, *spans):
    """(seconds, valid bits, in a set) one after the other."""
    t_ns = 0
    for seconds, valid, in_set in spans:
        for _ in range(round(seconds * 100)):
            t_ns += TICK_NS
            unseen.feed(t_ns, valid, in_set=in_set)
    return unseen.seconds


@pytest.mark.parametrize("channel", FORCE_CHANNELS)
def test_the_seconds_that_any_sensor_was_silent_in_the_set_are_counted(channel):
    spans = [(2, ALL, True), (3.5, lost(channel), True), (2, ALL, True), (1, lost(channel), False)]
    assert feed(Unseen(), *spans) == 3


def test_a_chip_that_recovers_loses_nothing():
    assert feed(Unseen(), *[(0.2, lost("left_toe"), True), (0.5, ALL, True)] * 30) == 0


def test_another_set_begins_with_nothing_lost():
    unseen = Unseen()
    feed(unseen, (5, lost("head"), True))
    unseen.begin()
    assert unseen.seconds == 0


def test_pads_that_a_file_does_not_have_are_not_missed():
    unseen = Unseen()
    unseen.without_pads()
    assert feed(unseen, (5, lost("head"), True), (5, lost("left_heel"), True)) == 5
