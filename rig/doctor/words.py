"""What the doctor says of states and doubts, with the likeliest cause and the cure."""

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One thing that was found."""

    level: Level
    what: str
    cause: str
    cure: str


BUS_STUCK: Final = Finding(
    "fail",
    "the I2C bus is stuck (time-out)",
    "SDA or SCL touches ground, or a chip holds the bus",
    "check both wires for shorts, then switch the rig off and on",
)
NOTHING: Final = Finding(
    "fail",
    "no valid conversion came",
    "the board has only just been plugged in, or its supply is not steady",
    "check its supply and run the check again",
)
TIED: Final = "tied"
CELL_STATES: Final = {
    "not connected": Finding(
        "fail",
        "not connected: nothing drives its data line",
        "the board is unplugged or has no power, or the DOUT wire is broken",
        "check VCC, GND and DOUT of this board at both ends",
    ),
    "stuck high": Finding(
        "fail",
        "stuck high: its data line is driven high and no conversion comes",
        "SCK does not reach the board and it sleeps, or DOUT touches 3.3 V, or the chip is dead",
        "check the SCK wire, then DOUT for a short to 3.3 V, then try another board",
    ),
    "stuck low": Finding(
        "fail",
        "stuck low: its data line does not go high after a reading",
        "the SCK wire is broken, or DOUT touches ground",
        "pull the board's plug: 'not connected' now means SCK, still 'stuck low' a short of DOUT",
    ),
    "fast": Finding(
        "fail",
        "converts too fast to be read",
        "the board's clock is a crystal of 20 MHz (144 SPS) or another external one",
        "tie XI of this board to GND, which chooses the chip's own clock, or try another board",
    ),
    TIED: Finding(
        "fail",
        "its data line touches that of another cell",
        "two DOUT wires are shorted, at the header or where their cables meet",
        "check continuity between the DOUT pins of the cells named so; none is right",
    ),
    "slow": Finding(
        "fail",
        "converts at 10 SPS",
        "RATE is strapped to ground",
        "set RATE to 80 SPS (to VCC) on this board",
    ),
    "no answer": Finding(
        "fail",
        "the NAU7802 does not answer",
        "it is unplugged or without power, or it is on another channel of the multiplexer",
        "check VIN, GND, SDA and SCL of this board, and its channel under [nau7802]",
    ),
    "no multiplexer": Finding(
        "fail",
        "the TCA9548A does not answer",
        "it is unplugged or without power, or its A0 to A2 set another address",
        "check its VIN, GND, SDA and SCL; `i2cdetect -y 1` should show mux_address of [nau7802]",
    ),
    "bus stuck": BUS_STUCK,
    "resetting": Finding(
        "fail",
        "the NAU7802 loses its settings again and again",
        "its supply breaks down for moments",
        "check VIN and GND of this board at both ends",
    ),
    "not calibrated": Finding(
        "fail",
        "the NAU7802's own calibration fails",
        "E+ and E- of the cell touch, or the chip is damaged",
        "unplug the cell: does it calibrate now? else try another board",
    ),
    "silent": Finding(
        "fail",
        "the NAU7802 answers and does not convert",
        "the chip is damaged",
        "switch the rig off and on, then try another board",
    ),
}
"""By a cell's state; states of the HX711 come first, then those of the NAU7802."""

_INTERRUPTED: Final = (
    "the sampler was kept from reading for milliseconds",
    "allow it real-time priority, and end other programs",
)
_LOOSE: Final = (
    "its supply dips or its plug is loose: the board loses power",
    "check VCC, GND and the plug",
)
SUPPLY: Final = (
    "the supply of the boards dips: {cells} lost power",
    "measure 3.3 V at VCC while the rig runs; check the supply and its wires",
)
LOST_POWER: Final = frozenset({"gap", "cut off", "was silent", "unplugged"})
"""Doubts of a board that was without power."""
DOUBTS: Final = {
    "long pulse": (
        "something kept the sampler from ending a clock pulse in time",
        "allow it real-time priority, and end other programs",
    ),
    "late": _INTERRUPTED,
    "overrun": _INTERRUPTED,
    "gap": _LOOSE,
    "cut off": _LOOSE,
    "unplugged": _LOOSE,
    "was silent": _LOOSE,
    "reset": _LOOSE,
    "silent": _LOOSE,
    "early": ("disturbances on DOUT or SCK", "shorten the wires, keep them from mains and motors"),
    "line low": ("disturbances on DOUT or SCK", "shorten the wires, keep them from mains"),
}
"""Cause and cure by the reason of a doubtful conversion."""

RATE_CAUSES: Final = {
    "hx711": (
        "the board has another crystal, or RATE is not tied to VCC",
        "check RATE and the clock of this board",
    ),
    "nau7802": (
        "the chip's oscillator is off, or the I2C bus is slow",
        "put dtparam=i2c_arm=on,i2c_arm_baudrate=400000 into /boot/firmware/config.txt; try "
        "another board",
    ),
}
"""Why a cell converts too slowly or too fast, by its driver, and what to do."""
