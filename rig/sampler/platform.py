"""What the sampler works with, by the platform's name: converters, pins, clock."""

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, runtime_checkable

from drivers.ads1115 import Ads1115, PadScanner
from drivers.channels import Channels
from drivers.clock import Clock, SystemClock
from drivers.errors import PlatformError
from drivers.hx711 import Hx711Bank
from drivers.i2c import Bus, open_smbus2
from drivers.lsm6ds import Lsm6ds
from drivers.lsm6ds.timing import POLL_NS as LSM6DS_POLL_NS
from drivers.nau7802 import Nau7802Bank
from drivers.nau7802.timing import POLL_NS as NAU7802_POLL_NS
from drivers.pins import Pins
from drivers.pins.choose import open_pins
from rig.config import Config
from rig.frames import TICK_NS
from rig.handover.run_dir import RunDir
from rig.names import PADS

_SIMULATION: Final = "rig.simulation.platform"  # by its name: the real rig does not carry it


_IMU_FIRST_NS: Final = 1_100_000
"""So long after a tick the inertial sensor may begin a poll, however long the pads' scan takes: the
scan's first conversion runs then, and lasts longer than the poll. Provisional."""

OpenBus = Callable[[int], Bus]
"""Opens an I2C bus by its number."""


@runtime_checkable
class SelfTesting(Protocol):
    """A driver whose chips can test themselves, which costs samples."""

    def test_itself(self) -> None:
        """Do it at once; what came of it is in the report."""


@dataclass(frozen=True)
class Platform:
    """The converters by kind (`cells`, `pads`, `imu`), and what else the sampler works with.

    `set_faults` breaks simulated chips, channel to fault name; `tick` is told the time once a tick,
    for what the scenario breaks. `real`: clock pulses that are too long are refused.
    """

    pins: Pins
    drivers: Mapping[str, Channels]
    clock: Clock
    set_faults: Callable[[Mapping[str, str]], None] = lambda _: None
    tick: Callable[[int], None] = lambda _: None
    real: bool = False

    def test_itself(self) -> None:
        """Let those chips that can test themselves; nobody may use the rig meanwhile."""
        for driver in self.drivers.values():
            if isinstance(driver, SelfTesting):
                driver.test_itself()


def open_platform(config: Config, run_dir: RunDir | None = None) -> Platform:
    """The platform that `rig.platform` names; `PlatformError` where it is not here.

    On the simulated one, the person who was there before a restart is looked up in `run_dir`.
    """
    if config.rig.platform == "sim":
        clock = SystemClock()
        wires = importlib.import_module(_SIMULATION).open_beside(config, clock, run_dir)
        drivers = build_drivers(config, wires.pins, wires.open_bus, clock)
        return Platform(wires.pins, drivers, clock, wires.faults.ask, wires.tick)
    if config.rig.platform == "pi":
        return _open_pi(config)
    raise PlatformError(f"platform {config.rig.platform!r} has no chips to sample; use sim or pi")


class _Cells(NamedTuple):
    """The driver of the cells, and how long one poll of it may hold the pads up."""

    driver: Channels
    busy_ns: int


def _hx711(config: Config, pins: Pins, _open_bus: OpenBus, clock: Clock) -> _Cells:
    pairs = list(config.pins.pairs().values())
    return _Cells(Hx711Bank(pins, pairs, clock, gain=config.cells.gain), 0)


def _nau7802(config: Config, _pins: Pins, open_bus: OpenBus, clock: Clock) -> _Cells:
    where = config.nau7802
    bank = Nau7802Bank(
        lambda: open_bus(where.i2c_bus),
        list(where.channels().values()),
        clock,
        mux_address=where.mux_address,
        gain=config.cells.gain,
    )
    return _Cells(bank, NAU7802_POLL_NS)


_CELLS: Final = {"hx711": _hx711, "nau7802": _nau7802}


def build_drivers(
    config: Config, pins: Pins, open_bus: OpenBus, clock: Clock
) -> dict[str, Channels]:
    """The drivers that the configuration asks for, by the table of channels; not opened yet.

    Pads are scanned earlier where the cells may hold them up; the inertial sensor never does.
    """
    cells = _CELLS[config.cells.converter](config, pins, open_bus, clock)
    adc = Ads1115(lambda: open_bus(config.pads.i2c_bus), config.pads.i2c_address)
    margin_ns = config.sampler.poll_us * 1000 + len(PADS) * cells.busy_ns
    pads = PadScanner(adc, range(len(PADS)), clock, margin_ns=margin_ns)
    drivers: dict[str, Channels] = {"cells": cells.driver, "pads": pads}
    if config.imu.present:
        drivers["imu"] = Lsm6ds(
            lambda: open_bus(config.imu.i2c_bus),
            clock,
            address=config.imu.i2c_address,
            quiet_ns=min(pads.scan_ns + LSM6DS_POLL_NS, TICK_NS - _IMU_FIRST_NS),
        )
    return drivers


def _open_pi(config: Config) -> Platform:
    if os.cpu_count() == 1:
        raise PlatformError(
            "this board has one core, too few to sample without gaps: use a Raspberry Pi "
            "Zero 2 W, 3, 4 or 5"
        )
    pins, clock = open_pins(config.gpio.backend), SystemClock()
    drivers = build_drivers(config, pins, open_smbus2, clock)
    return Platform(pins, drivers, clock, real=True)
