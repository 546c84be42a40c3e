"""Verdict rules: each fault has its own words; a healthy channel has none."""

from dataclasses import replace

import pytest

from rig.doctor.figures import ChannelFigures
from rig.doctor.pads import judge_pad
from rig.doctor.verdicts import judge_cell, level_of

CELL = ChannelFigures(
    state="running",
    rate_sps=88.0,
    good=880,
    flagged={},
    noise_counts=110.0,
    noise_n=0.05,
    spread_n=0.4,
    lowest_counts=-400,
    highest_counts=400,
    longest_pulse_us=9.0,
    driver="hx711",
)
NAU7802 = replace(CELL, rate_sps=80.0, longest_pulse_us=None, driver="nau7802")
PAD = ChannelFigures(state="running", rate_sps=100.0, good=1000, flagged={}, idle_v=0.033)


def test_a_healthy_channel_has_no_findings():
    assert judge_cell(CELL) == []
    assert judge_cell(NAU7802) == []
    assert judge_pad(PAD) == []
    assert level_of([]) == "ok"


@pytest.mark.parametrize(
    ("changes", "words", "level"),
    [
        ({"state": "not connected", "good": 0}, "nothing drives its data line", "fail"),
        ({"state": "stuck high", "good": 0}, "driven high", "fail"),
        ({"state": "stuck low", "good": 0}, "does not go high", "fail"),
        ({"state": "slow", "rate_sps": 10.0}, "10 SPS", "fail"),
        ({"state": "fast", "good": 0, "own_rate_sps": 144.6}, "to be read: 145 times", "fail"),
        ({"state": "tied", "good": 0}, "touches that of another cell", "fail"),
        ({"state": "starting", "good": 0}, "no valid conversion", "fail"),
        ({"flagged": {"SATURATED": 3}}, "saturated: 3", "fail"),
        ({"jumps": 1}, "1 conversions jumped", "warn"),
        ({"jumps": 9}, "9 conversions jumped", "fail"),
        ({"rate_sps": 60.0}, "60.0 conversions a second", "fail"),
        ({"rate_sps": 110.0}, "110.0 conversions a second", "fail"),
        ({"noise_n": 0.4}, "noise 0.40 N", "fail"),
        ({"noise_n": 0.4, "spread_n": 300.0}, "somebody is on the platform", "warn"),
        ({"highest_counts": 8_000_000}, "95 % of the converter's range", "warn"),
        ({"doubtful": {"long pulse": 10}, "recoveries": 10}, "'long pulse'", "warn"),
        ({"doubtful": {"late": 90, "early": 2}, "recoveries": 92}, "'late'", "fail"),
        ({"doubtful": {"gap": 90}, "recoveries": 90}, "'gap'", "fail"),
    ],
)
def test_a_cells_fault_is_named_with_cause_and_cure(changes, words, level):
    (finding,) = judge_cell(replace(CELL, **changes))
    assert words in finding.what
    assert finding.level == level
    assert finding.cause
    assert finding.cure


@pytest.mark.parametrize(
    ("changes", "words", "level"),
    [
        ({"state": "no answer", "good": 0}, "the NAU7802 does not answer", "fail"),
        ({"state": "no multiplexer", "good": 0}, "the TCA9548A does not answer", "fail"),
        ({"state": "bus stuck", "good": 0}, "bus is stuck", "fail"),
        ({"state": "resetting", "good": 0}, "loses its settings", "fail"),
        ({"state": "not calibrated", "good": 0}, "calibration fails", "fail"),
        ({"state": "silent", "good": 0}, "does not convert", "fail"),
        ({"rate_sps": 40.0}, "40.0 conversions a second", "fail"),
        ({"bus_errors": {"no answer": 2}}, "2 bus errors", "warn"),
        ({"doubtful": {"reset": 10}, "recoveries": 10}, "'reset'", "warn"),
        ({"doubtful": {"overrun": 10}}, "'overrun'", "warn"),
    ],
)
def test_a_fault_of_a_cell_on_i2c_is_named_with_cause_and_cure(changes, words, level):
    (finding,) = judge_cell(replace(NAU7802, **changes))
    assert words in finding.what
    assert finding.level == level
    assert "RATE" not in finding.cause
    assert "SCK" not in finding.cause + finding.cure


@pytest.mark.parametrize(
    ("changes", "words", "level"),
    [
        ({"state": "no answer", "good": 0}, "not answer", "fail"),
        ({"state": "no answer", "good": 0, "answers_at": 0x4A}, "answers at 0x4a", "fail"),
        ({"state": "bus stuck", "good": 0}, "bus is stuck", "fail"),
        ({"state": "taken", "good": 0}, "taken by a driver of the kernel", "fail"),
        ({"state": "no end", "good": 0}, "never end", "fail"),
        ({"coarse": True}, "multiples of 16", "fail"),
        ({"transfer_us": 510.0}, "a transfer takes 510 us", "warn"),
        ({"conversion_us": 1480.0}, "a conversion takes 1480 us", "warn"),
        ({"flagged": {"OPEN": 1000}, "good": 0}, "wire open", "fail"),
        ({"flagged": {"SHORT": 1000}, "good": 0}, "wire shorted", "fail"),
        ({"rate_sps": 50.0}, "50.0 readings a second", "fail"),
        ({"bus_errors": {"no answer": 2}}, "2 bus errors", "warn"),
        ({"idle_v": 1.2}, "1.20 V at its lowest", "warn"),
    ],
)
def test_a_pads_fault_is_named_with_cause_and_cure(changes, words, level):
    (finding,) = judge_pad(replace(PAD, **changes))
    assert words in finding.what
    assert finding.level == level
    assert finding.cause
    assert finding.cure


def test_conversions_lost_to_recoveries_are_not_taken_for_a_slow_oscillator():
    found = judge_cell(replace(CELL, rate_sps=60.0, recoveries=99, doubtful={"long pulse": 99}))
    assert [finding.level for finding in found] == ["fail"]
    assert "long pulse" in found[0].what
