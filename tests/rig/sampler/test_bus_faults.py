"""Cells and pads side by side while something is wrong with the bus, a chip or a line."""

import pytest

from drivers.sim.ads1115 import AdcFault
from drivers.sim.clock import VirtualClock
from drivers.sim.hx711 import ChipFault
from drivers.sim.preemption import Preemption
from drivers.sim.smbus import BusFault, SimSMBus
from rig.handover.run_dir import RunDir
from rig.names import CELLS
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from tests.support.virtual_rig import sim_config

PIN_NS = 2_000
KERNEL_NS = 60_000  # what a transfer takes beside the wire; inferred
SECONDS = 3.0


class Rig:
    """A sampler whose pin calls and transfers take their time."""

    def __init__(self, folder, preemptions_hz=20, kernel_ns=KERNEL_NS, **settings):
        config = sim_config(folder, sim__scenario="empty", **settings)
        self.clock = VirtualClock()
        self.wires = open_sim(config, self.clock, Preemption(self.clock, PIN_NS, preemptions_hz))
        self.bus = SimSMBus(
            self.wires.bus.devices, self.clock.now_ns, self.clock.advance, call_ns=kernel_ns
        )
        run_dir = RunDir(folder / "run")
        run_dir.make()
        self.drivers = build_drivers(config, self.wires.pins, lambda _: self.bus, self.clock)
        platform = Platform(self.wires.pins, self.drivers, self.clock)
        self.sampler = Sampler(config, platform, run_dir, Realtime())
        self.sampler.open()
        self.run(1.5)

    def run(self, seconds):
        end_ns = self.clock.now_ns() + round(seconds * 1e9)
        while self.clock.now_ns() < end_ns:
            self.sampler.step()
            self.clock.sleep_until(self.sampler.next_poll_ns)

    def rates(self, seconds):
        """Share of the cells' conversions that came, each; scans of the pads a second."""
        before, scans = self._counts()
        self.run(seconds)
        after, scans_then = self._counts()
        shares = [(b[1] - a[1]) / max(b[0] - a[0], 1) for a, b in zip(before, after, strict=True)]
        return shares, (scans_then - scans) / seconds

    def _counts(self):
        bank, pads = self.drivers["cells"], self.drivers["pads"]
        cells = [
            (chip.conversions, driver.counters.delivered)
            for chip, driver in zip(self.wires.chips, bank.chips, strict=True)
        ]
        return cells, pads.counters.scans


@pytest.fixture
def rig(tmp_path):
    rig = Rig(tmp_path)
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
    rig = Rig(tmp_path, imu__present=True)
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


@pytest.mark.parametrize("stretched_ns", [300_000, 450_000])
def test_pads_come_every_tick_while_a_chip_stretches_the_clock(tmp_path, stretched_ns):
    rig = Rig(tmp_path, kernel_ns=stretched_ns)
    rig.run(0.5)
    _, scans = rig.rates(SECONDS)
    rig.sampler.close()
    assert scans >= 95, scans
