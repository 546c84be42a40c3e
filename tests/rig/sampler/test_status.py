"""What the sampler says of itself once a second."""

import pytest

from rig.sampler.status import LatenessMeter, pulse_status


def test_lateness_is_told_in_microseconds_since_the_last_time():
    meter = LatenessMeter()
    for late_us in range(101):
        meter.note(late_us * 1000)
    told = meter.take()
    assert (told.p50, told.p99, told.max) == pytest.approx((50, 99, 100))
    assert meter.take().max == 0


def test_a_rig_without_clock_pins_has_no_pulses():
    assert pulse_status(None) is None
