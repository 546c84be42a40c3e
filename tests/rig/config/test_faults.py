"""Which simulated faults a channel can have."""

import pytest

from drivers.sim.cable import BAD_CABLE
from drivers.sim.hx711 import ChipFault
from drivers.sim.lsm6ds import ImuFault
from rig.config.faults import CHIP_FAULTS, wrong_fault
from rig.simulation.faults import TIED


@pytest.mark.parametrize("fault", [TIED, *(fault.value for fault in ChipFault)])
def test_a_cell_can_have_what_its_simulation_knows(fault):
    assert wrong_fault("left_toe", fault, "hx711") == ""


@pytest.mark.parametrize("fault", [BAD_CABLE, *(fault.value for fault in ImuFault)])
def test_the_inertial_sensor_can_have_what_its_simulation_knows(fault):
    assert wrong_fault("imu", fault, "hx711") == ""
    assert fault in CHIP_FAULTS


@pytest.mark.parametrize(
    ("channel", "fault"), [("imu", "open"), ("head", "bad_cable"), ("left_heel", "frozen")]
)
def test_a_channel_cannot_have_what_only_another_has(channel, fault):
    assert f"{channel} cannot be '{fault}'" in wrong_fault(channel, fault, "hx711")
