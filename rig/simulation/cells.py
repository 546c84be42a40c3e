"""The simulated cells' converters, of the kind that the configuration names."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from drivers.clock import Clock
from drivers.sim.header import SimHeader
from drivers.sim.hx711 import Behaviour, SimHx711
from drivers.sim.nau7802 import NauBehaviour, SimNau7802
from drivers.sim.smbus import SimDevice
from drivers.sim.tca9548a import SimTca9548a
from rig.config import Config
from rig.simulation.trainee.frames import RATES_SPS

Source = Callable[[int], float]
"""Counts at gain 128 at a monotonic time."""
SimChip = SimHx711 | SimNau7802

_NAU_SPEEDS: Final = (0.98, 0.99, 1.01, 1.02)  # provisional: how far their oscillators are off
_NAU_ADDRESS: Final = 0x2A


def connect_cells(
    config: Config,
    sources: Sequence[Source],
    clock: Clock,
    header: SimHeader,
    devices: dict[int, SimDevice],
) -> list[SimChip]:
    """Chips that are switched on now, put on the header's pins or on the I2C bus's `devices`."""
    connect = {"hx711": _connect_hx711, "nau7802": _connect_nau7802}[config.cells.converter]
    return connect(config, sources, clock, header, devices)


def _connect_hx711(
    config: Config, sources: Sequence[Source], clock: Clock, header: SimHeader, _devices: Any
) -> list[SimChip]:
    chips: list[SimChip] = []
    pairs = config.pins.pairs().values()
    for cell, (source, (sck, dout)) in enumerate(zip(sources, pairs, strict=True)):
        behaviour = Behaviour(rate_sps=RATES_SPS[cell])
        chip = SimHx711(source, clock.now_ns(), behaviour, config.sim.seed * 10 + cell)
        header.wire(chip, sck, dout)
        chips.append(chip)
    return chips


def _connect_nau7802(
    config: Config,
    sources: Sequence[Source],
    clock: Clock,
    _header: Any,
    devices: dict[int, SimDevice],
) -> list[SimChip]:
    chips = [
        SimNau7802(source, clock.now_ns(), NauBehaviour(speed=speed), config.sim.seed * 10 + cell)
        for cell, (source, speed) in enumerate(zip(sources, _NAU_SPEEDS, strict=True))
    ]
    channels = config.nau7802.channels().values()
    segments = {
        channel: {_NAU_ADDRESS: chip} for channel, chip in zip(channels, chips, strict=True)
    }
    devices[config.nau7802.mux_address] = SimTca9548a(segments)
    return list(chips)
