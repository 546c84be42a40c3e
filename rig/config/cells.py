"""Settings of the load cells: which converters, and where they are connected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rig.config.pins import pin_problems
from rig.config.setting import setting
from rig.names import CELLS

CONVERTERS: Final = ("hx711", "nau7802")


@dataclass(frozen=True)
class CellsSection:
    """The load cells' converters."""

    converter: str = setting(
        "hx711", "chips behind the cells, one a cell; see [pins] or [nau7802]", choices=CONVERTERS
    )
    gain: int = setting(128, "of the converters; 64 for cells of 3 mV/V", choices=(128, 64))


@dataclass(frozen=True)
class PinsSection:
    """BCM pin numbers as [SCK, DOUT] per cell."""

    left_heel: list[int] = setting([17, 27], "left heel", low=0, high=27)
    left_toe: list[int] = setting([22, 23], "left toe", low=0, high=27)
    right_heel: list[int] = setting([24, 25], "right heel", low=0, high=27)
    right_toe: list[int] = setting([16, 26], "right toe", low=0, high=27)

    def pairs(self) -> dict[str, tuple[int, int]]:
        """SCK and DOUT by cell name, in the order of `CELLS`."""
        return {name: (getattr(self, name)[0], getattr(self, name)[1]) for name in CELLS}


@dataclass(frozen=True)
class Nau7802Section:
    """NAU7802 behind a TCA9548A: its channel per cell."""

    i2c_bus: int = setting(1, "number of the I2C bus", low=0, high=255)
    mux_address: int = setting(0x70, "address of the TCA9548A", low=0x70, high=0x77)
    left_heel: int = setting(0, "left heel", low=0, high=7)
    left_toe: int = setting(1, "left toe", low=0, high=7)
    right_heel: int = setting(2, "right heel", low=0, high=7)
    right_toe: int = setting(3, "right toe", low=0, high=7)

    def channels(self) -> dict[str, int]:
        """The multiplexer's channel by cell name, in the order of `CELLS`."""
        return {name: getattr(self, name) for name in CELLS}


def connection_problems(
    cells: CellsSection, pins: PinsSection, nau7802: Nau7802Section, board: Mapping[str, int]
) -> list[tuple[str, str]]:
    """(Setting, what is wrong with it) for what the chosen converters and the board use."""
    if cells.converter == "hx711":
        return pin_problems(pins.pairs(), board)
    return [*_used_twice(nau7802), *pin_problems({}, board)]


def _used_twice(nau7802: Nau7802Section) -> Iterator[tuple[str, str]]:
    users: dict[int, str] = {}
    for cell, channel in nau7802.channels().items():
        if channel in users:
            wrong = f"channel {channel} is used by nau7802.{users[channel]} already"
            yield f"nau7802.{cell}", wrong
        users.setdefault(channel, cell)
