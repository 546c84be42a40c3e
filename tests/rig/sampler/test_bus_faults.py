"""Cells and pads side by side while something is wrong with the bus, a chip or a line."""

import pytest

from drivers.sim.ads1115 import AdcFault
from drivers.sim.hx711 import ChipFault
from drivers.sim.smbus import BusFault
from rig.names import CELLS
from tests.support.timed_rig import TimedRig

SECONDS = 3.0


@pytest.fixture
def rig(tmp_path):
    rig = TimedRig(tmp_path)
    yield rig
    rig.sampler.close()


@pytest.mark.parametrize(
    ("fault", "seconds"), [(BusFault.NACK, 3), (BusFault.STUCK, 10), (BusFault.TAKEN, 3)]
)
def test_whatever_the_bus_does_the_cells_go_on(rig, fault, seconds):
    rig.bus.fault = fault
    shares, _ = rig.rates(seconds)
    assert min(shares) >= 0.97, shares


def test_a_stuck_bus_with_an_inertial_sensor_costs_the_cells_no_more(tmp_path):
    rig = TimedRig(tmp_path, imu__present=True)
    rig.bus.fault = BusFault.STUCK
    shares, _ = rig.rates(12.0)
    rig.sampler.close()
    assert min(shares) >= 0.97, shares


@pytest.mark.parametrize(
    ("bus", "chip"), [(BusFault.SLOW, None), (None, AdcFault.SLOW), (BusFault.SLOW, AdcFault.SLOW)]
)
def test_pads_come_every_tick_on_a_slow_bus_and_from_a_slow_chip(rig, bus, chip):
    rig.bus.fault, rig.wires.adc.fault = bus, chip
    rig.run(0.5)
    shares, scans = rig.rates(SECONDS)
    assert scans >= 95, scans
    assert min(shares) >= 0.98, shares


@pytest.mark.parametrize("fault", [ChipFault.NO_CLOCK, ChipFault.STUCK_LOW])
def test_a_cell_whose_line_is_stuck_costs_neither_pads_nor_the_other_cells(rig, fault):
    usual = rig.rates(SECONDS)
    rig.wires.chips[1].fault = fault
    rig.run(0.5)
    shares, scans = rig.rates(SECONDS)
    assert scans >= 0.97 * usual[1]
    others = [share for name, share in zip(CELLS, shares, strict=True) if name != CELLS[1]]
    assert min(others) >= 0.98


@pytest.mark.parametrize("stretched_ns", [300_000, 460_000, 540_000])
def test_pads_come_every_tick_while_a_chip_stretches_the_clock(tmp_path, stretched_ns):
    rig = TimedRig(tmp_path, kernel_ns=stretched_ns)
    rig.run(0.5)
    _, scans = rig.rates(SECONDS)
    rig.sampler.close()
    assert scans >= 95, scans
