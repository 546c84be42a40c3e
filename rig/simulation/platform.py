"""The simulated rig: a trainee's forces behind simulated chips on simulated wires."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.clock import Clock
from drivers.i2c import Bus
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.ads1115 import SimAds1115
from drivers.sim.cable import SimCable
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader
from drivers.sim.preemption import Preemption
from drivers.sim.smbus import SimDevice, SimSMBus
from rig.config import Config
from rig.handover.run_dir import RunDir
from rig.names import CELLS, PADS
from rig.simulation.cells import SimChip, connect_cells
from rig.simulation.faults import SimFaults
from rig.simulation.imu import connect_imu
from rig.simulation.room import lay_out_sensor
from rig.simulation.start import script_start_ns
from rig.simulation.trainee.performance import Performance, perform
from rig.simulation.trainee.rig_truth import RigTruth, true_rig
from rig.simulation.trainee.script import find_script

_LINE_SETTLES_NS: Final = 10_000  # a metre of cable on a pull of 50 kOhm; provisional


@dataclass(frozen=True)
class SimWires:
    """Pins and bus with chips behind them."""

    header: SimHeader
    pins: RpiGpioPins
    bus: SimSMBus
    chips: tuple[SimChip, ...]
    adc: SimAds1115
    imu: SimCable | None
    faults: SimFaults
    start_ns: int
    run_s: float

    def open_bus(self, _number: int) -> Bus:
        """The bus, which is the same by any number; opening it again gives it again."""
        return self.bus

    def tick(self, now_ns: int) -> None:
        """Let the scenario break and mend what it does by now."""
        self.faults.pass_time((now_ns - self.start_ns) * 1e-9 % self.run_s)


def open_sim(
    config: Config,
    clock: Clock,
    spend: Callable[[], None] | None = None,
    start_ns: int | None = None,
) -> SimWires:
    """Wires for the scenario and seed of the configuration, on any clock.

    `spend` is called at every pin call (see `SimHeader`) and at every byte on the bus. The
    scenario began at `start_ns`, the
    chips are switched on now.
    """
    seed = config.sim.seed
    script = find_script(config.sim.scenario)
    performance = perform(script, seed)
    truth = true_rig(seed)
    start_ns = clock.now_ns() if start_ns is None else start_ns
    header = SimHeader(clock.now_ns, spend, settles_ns=_LINE_SETTLES_NS)
    adc = SimAds1115(_pad_source(performance, truth, start_ns), seed)
    devices: dict[int, SimDevice] = {config.pads.i2c_address: adc}
    sources = [_cell_source(performance, truth, cell, start_ns) for cell in range(len(CELLS))]
    chips = connect_cells(config, sources, clock, header, devices)
    imu = connect_imu(config, performance, start_ns, clock.now_ns(), devices)
    bus = SimSMBus(
        devices,
        clock.now_ns,
        (lambda _: spend()) if spend else None,
        stay=lambda ns: clock.sleep_until(clock.now_ns() + ns),
    )
    faults = SimFaults(chips, header, adc, bus, devices, imu, script.faults)
    faults.ask(config.sim.faults)
    pins = RpiGpioPins(SimGpio(header))
    return SimWires(
        header, pins, bus, tuple(chips), adc, imu, faults, start_ns, performance.duration_s
    )


def open_beside(config: Config, clock: Clock, run_dir: RunDir | None) -> SimWires:
    """Wires for a running rig, whose trainee goes on while a sampler is started again.

    With a run directory the simulated room's temperature sensor is laid out in it.
    """
    start_ns = None
    if run_dir:
        start_ns = script_start_ns(run_dir, config.sim, clock.now_ns())
        lay_out_sensor(run_dir.sim_sensors)
    spend = Preemption(clock, 0, config.sim.preemptions_hz)
    return open_sim(config, clock, spend, start_ns)


def _cell_source(
    performance: Performance, truth: RigTruth, cell: int, start_ns: int
) -> Callable[[int], float]:
    def counts(t_ns: int) -> float:
        force_n = performance.cell_at(cell, (t_ns - start_ns) * 1e-9)
        return truth.cell_counts(cell, force_n)

    return counts


def _pad_source(
    performance: Performance, truth: RigTruth, start_ns: int
) -> Callable[[int, int], float]:
    def volts(pad: int, t_ns: int) -> float:
        if pad >= len(PADS):
            return 0.0
        return truth.pad_volts(pad, performance.pad_at(pad, (t_ns - start_ns) * 1e-9))

    return volts
