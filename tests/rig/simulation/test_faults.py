"""What is broken on the simulated wires, as the drivers' chips feel it."""

import pytest

from drivers.sim.ads1115 import PadFault
from drivers.sim.clock import VirtualClock
from drivers.sim.smbus import BusFault
from rig.config import load_config
from rig.config.faults import wrong_fault
from rig.names import PADS
from rig.simulation.platform import open_sim


@pytest.fixture
def wires():
    config = load_config(environment={}, overrides={"sim.scenario": "loose-plugs"})
    return open_sim(config, VirtualClock())


def test_a_pad_is_broken_and_mended(wires):
    wires.faults.ask({"tailbone": "open"})
    assert wires.adc.pad_faults == {PADS.index("tailbone"): PadFault("open")}
    wires.faults.ask({})
    assert wires.adc.pad_faults == {}


def test_a_fault_of_the_bus_is_all_pads(wires):
    wires.faults.ask({"head": BusFault.STUCK.value})
    assert wires.bus.fault is BusFault.STUCK
    wires.faults.ask({})
    assert wires.bus.fault is None


def test_the_converter_of_the_pads_answers_elsewhere_and_comes_back(wires):
    (at,) = [address for address, device in wires.bus.devices.items() if device is wires.adc]
    wires.faults.ask({"head": "wrong_address"})
    assert wires.bus.devices.get(at ^ 1) is wires.adc
    assert at not in wires.bus.devices
    wires.faults.ask({})
    assert wires.bus.devices[at] is wires.adc
    assert at ^ 1 not in wires.bus.devices


def test_the_scenario_breaks_and_mends_beside_what_was_asked_for(wires):
    wires.faults.ask({"head": "short"})
    wires.faults.pass_time(15.0)
    assert wires.adc.pad_faults.keys() == {PADS.index("head"), PADS.index("tailbone")}
    wires.faults.pass_time(17.0)
    assert wires.adc.pad_faults.keys() == {PADS.index("head")}


def test_two_cells_are_tied_to_each_other(wires):
    wires.faults.ask({"left_heel": "tied"})
    assert wires.header.ties == [(wires.chips[0], wires.chips[1])]


@pytest.mark.parametrize(("channel", "fault"), [("left_heel", "open"), ("knee", "open")])
def test_what_a_channel_cannot_suffer_is_said(channel, fault):
    assert wrong_fault(channel, fault, "hx711")
