"""What the simulated chips can suffer from, by the name that a user gives it."""

from typing import Final

from rig.names import CELLS, CHANNELS, PADS
from rig.quote import quoted

_CELL_FAULTS: Final = {
    "hx711": (
        "unplugged",
        "stuck_low",
        "stuck_high",
        "saturated",
        "slow",
        "fast",
        "resets",
        "loose",
        "no_clock",
        "tied",
        "flips",
    ),
    "nau7802": ("unplugged", "saturated", "frozen", "resets", "uncalibrated"),
}
_IMU_FAULTS: Final = (
    "unplugged", "saturated", "frozen", "resets", "bad_cable", "fails_self_test",
)  # fmt: skip
_PAD_FAULTS: Final[tuple[str, ...]] = (
    "open",
    "short",
    "unplugged",
    "stuck",
    "slow_bus",
    "taken",
    "wrong_address",
    "slow_clone",
    "no_end",
    "ads1015",
)
"""Two of a pad's own; `stuck`, `slow_bus`, `taken` are the bus's, the rest the converter's."""
CHIP_FAULTS: Final = tuple(
    dict.fromkeys([*sum(_CELL_FAULTS.values(), ()), *_PAD_FAULTS, *_IMU_FAULTS])
)


def wrong_fault(channel: object, fault: object, converter: str) -> str:
    """Why the simulated `channel` cannot have `fault`; empty if it can.

    `converter` is that of the cells.
    """
    if channel not in CHANNELS:
        return f"{quoted(channel)} is no channel ({', '.join(CHANNELS)})"
    allowed = _PAD_FAULTS
    if channel in CELLS:
        allowed = _CELL_FAULTS[converter]
    elif channel not in PADS:
        allowed = _IMU_FAULTS
    if fault not in allowed:
        return f"{channel} cannot be {quoted(fault)}, only {', '.join(allowed)}"
    return ""
