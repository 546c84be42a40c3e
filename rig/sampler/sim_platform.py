"""The simulated rig: a trainee's forces behind simulated chips on simulated wires."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from drivers.ads1115.bus import Bus
from drivers.clock import Clock
from drivers.pins.rpi_gpio import RpiGpioPins
from drivers.sim.ads1115 import BusFault, PadFault, SimAds1115, SimSMBus
from drivers.sim.gpio import SimGpio
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import Behaviour, ChipFault, SimHx711
from rig.config import Config
from rig.names import CELLS, PADS
from rig.trainee.frames import RATES_SPS
from rig.trainee.performance import Performance, perform
from rig.trainee.rig_truth import RigTruth, true_rig
from rig.trainee.script import find_script


@dataclass(frozen=True)
class SimWires:
    """Pins and bus with chips behind them."""

    header: SimHeader
    pins: RpiGpioPins
    bus: SimSMBus
    chips: tuple[SimHx711, ...]
    adc: SimAds1115

    def open_bus(self) -> Bus:
        """The bus; opening it again gives the same one."""
        return self.bus

    def set_faults(self, faults: Mapping[str, str]) -> None:
        """Break exactly these channels, channel to fault name, and mend all others."""
        for name, chip in zip(CELLS, self.chips, strict=True):
            chip.fault = ChipFault(faults[name]) if name in faults else None
        pads = {pad: faults[name] for pad, name in enumerate(PADS) if name in faults}
        self.bus.fault = next(
            (BusFault(fault) for fault in pads.values() if fault in _BUS_FAULTS), None
        )
        self.adc.pad_faults = {
            pad: PadFault(fault) for pad, fault in pads.items() if fault not in _BUS_FAULTS
        }


_BUS_FAULTS: Final = {fault.value for fault in BusFault}


def open_sim(config: Config, clock: Clock, spend: Callable[[], None] | None = None) -> SimWires:
    """Wires for the scenario and seed of the configuration, on any clock.

    `spend` is called at every pin call (see `SimHeader`).
    """
    seed = config.sim.seed
    performance = perform(find_script(config.sim.scenario), seed)
    truth = true_rig(seed)
    start_ns = clock.now_ns()
    header = SimHeader(clock.now_ns, spend)
    chips = []
    for cell, (sck, dout) in enumerate(config.pins.pairs().values()):
        chip = SimHx711(
            _cell_source(performance, truth, cell, start_ns),
            start_ns,
            Behaviour(rate_sps=RATES_SPS[cell]),
            seed * 10 + cell,
        )
        header.wire(chip, sck, dout)
        chips.append(chip)
    adc = SimAds1115(_pad_source(performance, truth, start_ns), seed)
    bus = SimSMBus(adc, clock.now_ns, address=config.pads.i2c_address)
    wires = SimWires(header, RpiGpioPins(SimGpio(header)), bus, tuple(chips), adc)
    wires.set_faults(config.sim.faults)
    return wires


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
