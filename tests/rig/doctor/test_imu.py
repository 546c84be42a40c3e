"""What the doctor says of the inertial sensor."""

from dataclasses import replace

import pytest

from drivers.lsm6ds import ImuState
from rig.doctor.check import check_sampler
from rig.doctor.figures import ChannelFigures
from rig.doctor.imu import STATES, judge_imu
from rig.doctor.verdicts import level_of
from tests.support.virtual_rig import VirtualRig, sim_config

WELL = ChannelFigures(
    "running", 100.0, 1000, {}, self_test="passed", force_m_s2=9.8, turn_rad_s=0.02,
    temperature_c=25.0, driver="lsm6ds",
)  # fmt: skip


def test_one_that_is_well_has_no_findings():
    assert judge_imu(WELL) == []


@pytest.mark.parametrize(
    ("changes", "says", "level"),
    [
        ({"self_test": "failed: gyroscope z"}, "own test failed: gyroscope z", "fail"),
        ({"doubtful": {"tag": 10}}, "10 doubtful samples (1.0 %), mostly 'tag'", "warn"),
        ({"doubtful": {"tag": 90, "gap": 10}}, "100 doubtful samples (9.1 %)", "fail"),
        ({"flagged": {"SATURATED": 3}}, "saturated: 3 samples", "fail"),
        ({"rate_sps": 60.0}, "60.0 samples a second", "fail"),
        ({"turn_rad_s": 0.4}, "the dowel was moved", "warn"),
        ({"force_m_s2": 11.0}, "at rest it feels 11.00 m/s2", "warn"),
    ],
)
def test_each_thing_that_is_wrong_is_said(changes, says, level):
    (finding,) = judge_imu(replace(WELL, **changes))
    assert says in finding.what
    assert finding.level == level


def test_every_state_of_the_driver_that_is_not_well_has_a_finding():
    fine = {ImuState.RUNNING, ImuState.STARTING}
    assert set(STATES) == {state.value for state in ImuState if state not in fine}


def test_trouble_is_the_only_thing_that_is_said():
    assert judge_imu(replace(WELL, state="no answer", rate_sps=0.0)) == [STATES["no answer"]]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (None, ""),
        ("unplugged", "does not answer"),
        ("frozen", "gives no samples"),
        ("resets", ""),
        ("bad_cable", "makes no sense"),
        ("saturated", "saturated"),
        ("fails_self_test", "own test failed: gyroscope x"),
    ],
)
def test_a_fault_gets_its_verdict_and_the_other_channels_pass(tmp_path, fault, says):
    faults = {} if fault is None else {"imu": fault}
    config = sim_config(tmp_path, imu__present=True, sim__faults=faults, sim__scenario="empty")
    rig = VirtualRig(tmp_path, config)
    rig.drivers["imu"].test_itself()
    result = check_sampler(rig.sampler, rig.run_dir, 3.0, lambda _: None)
    findings = result.findings["imu"]
    assert level_of(findings) == ("ok" if fault is None else "fail")
    assert says in "".join(finding.what for finding in findings)
    assert [name for name, found in result.findings.items() if found and name != "imu"] == []


def test_it_is_asked_to_test_itself_only_by_the_doctor_alone(tmp_path):
    rig = VirtualRig(tmp_path, sim_config(tmp_path, imu__present=True, sim__scenario="empty"))
    result = check_sampler(rig.sampler, rig.run_dir, 2.0, lambda _: None)
    assert result.figures["imu"].self_test == "not done"
    assert result.ok


def test_a_crowded_bus_is_no_lower_rate(tmp_path):
    """With NAU7802 cells beside it a frame has two samples or none."""
    config = sim_config(
        tmp_path, imu__present=True, sim__scenario="empty", cells__converter="nau7802"
    )
    rig = VirtualRig(tmp_path, config)
    result = check_sampler(rig.sampler, rig.run_dir, 3.0, lambda _: None)
    assert result.figures["imu"].rate_sps == pytest.approx(101.9, abs=1.5)
