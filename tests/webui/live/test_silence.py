"""Channels that have been silent for too long."""

import numpy as np
import pytest

from rig.frames import TICK_NS, Flag
from rig.names import CHANNELS
from tests.support.feeder import live_rows
from webui.live.silence import Silence

NAN = float("nan")
SECOND = 100  # frames


def rows(first, count, dead=None, flags=0):
    """Frames in which a channel is not trusted."""
    made = live_rows(first, count, t_ns=(first + count) * TICK_NS)
    made["frame"]["cal"] = 1
    if dead:
        made["signals"]["valid"] &= ~np.uint32(1 << CHANNELS.index(dead))
        made["frame"]["flags"][:, CHANNELS.index(dead)] = flags
    return made


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_is_silent_after_most_of_a_second_and_heard_at_once(channel):
    silence = Silence()
    silence.take(rows(0, 10))
    silence.take(rows(10, 60, channel))
    assert silence.channels() == []
    silence.take(rows(70, 30, channel))
    assert silence.channels() == [channel]
    silence.take(rows(100, 1))
    assert silence.channels() == []


def test_one_that_never_spoke_is_silent_too():
    silence = Silence()
    silence.take(rows(0, SECOND, "left_toe"))
    assert silence.channels() == ["left_toe"]


def test_a_pad_that_a_recording_does_not_have_is_not_missed():
    silence = Silence()
    silence.take(rows(0, 2 * SECOND, "head", Flag.ABSENT))
    assert silence.channels() == []


def test_before_there_is_a_calibration_nothing_can_be_trusted_and_that_is_said_elsewhere():
    silence, made = Silence(), rows(0, 2 * SECOND, "head")
    made["frame"]["cal"] = 0
    silence.take(made)
    assert silence.channels() == []


def test_another_samplers_frames_begin_anew():
    silence = Silence()
    silence.take(rows(0, 2 * SECOND, "head"))
    silence.forget()
    silence.take(rows(0, 10, "head"))
    assert silence.channels() == []


@pytest.mark.parametrize("flag", [Flag.DESYNC, Flag.SETTLING, Flag.TIMEOUT])
def test_one_that_gives_nothing_for_a_fifth_of_two_seconds_is_unsteady(flag):
    silence, first = Silence(), 0
    for _ in range(5):
        silence.take(rows(first, 12, "right_heel", flag))
        silence.take(rows(first + 12, 28))
        first += 40
    assert silence.unsteady() == ["right_heel"]
    assert silence.channels() == []
    silence.take(rows(first, 2 * SECOND))
    assert silence.unsteady() == []


def test_a_chip_that_recovers_now_and_then_is_not_unsteady():
    silence = Silence()
    for second in range(10):
        silence.take(rows(second * SECOND, 8, "left_toe", Flag.SETTLING))
        silence.take(rows(second * SECOND + 8, SECOND - 8))
        assert silence.unsteady() == []


def test_one_that_is_silent_for_good_is_told_once():
    silence = Silence()
    silence.take(rows(0, 2 * SECOND, "head", Flag.TIMEOUT))
    assert (silence.channels(), silence.unsteady()) == (["head"], [])
