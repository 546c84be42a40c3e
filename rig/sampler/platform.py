"""The pins, the bus and the clock that the sampler works with, by the platform's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drivers.ads1115.bus import Bus, open_smbus2
from drivers.clock import Clock, SystemClock
from drivers.errors import PlatformError
from drivers.pins import Pins
from drivers.pins.rpi_gpio import open_rpi_gpio
from rig.config import Config
from rig.sampler.sim_platform import open_sim


@dataclass(frozen=True)
class Platform:
    """What the drivers are given. `set_faults` breaks simulated chips, channel to fault name."""

    pins: Pins
    open_bus: Callable[[], Bus]
    clock: Clock
    set_faults: Callable[[Mapping[str, str]], None]


def open_platform(config: Config) -> Platform:
    """The platform that `rig.platform` names; `PlatformError` where it is not here."""
    if config.rig.platform == "sim":
        clock = SystemClock()
        wires = open_sim(config, clock)
        return Platform(wires.pins, wires.open_bus, clock, wires.set_faults)
    if config.rig.platform == "pi":
        pins = open_rpi_gpio()
        return Platform(pins, lambda: open_smbus2(config.pads.i2c_bus), SystemClock(), _no_faults)
    raise PlatformError(f"platform {config.rig.platform!r} has no chips to sample; use sim or pi")


def _no_faults(faults: Mapping[str, str]) -> None:
    """Real chips break by themselves."""
