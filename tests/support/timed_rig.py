"""A sampler in virtual time whose pin calls and transfers take as long as on a Raspberry Pi."""

from drivers.sim.clock import VirtualClock
from drivers.sim.preemption import Preemption
from drivers.sim.smbus import SimSMBus
from rig.handover.run_dir import RunDir
from rig.sampler.loop import Sampler
from rig.sampler.platform import Platform, build_drivers
from rig.sampler.realtime import Realtime
from rig.simulation.platform import open_sim
from tests.support.virtual_rig import sim_config

PIN_NS = 2_000
KERNEL_NS = 60_000  # what a transfer takes beside the wire; inferred


class TimedRig:
    """A sampler on HX711 cells and pads; `rates` says what came of both."""

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
