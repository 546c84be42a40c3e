"""Registers of the ADS1115 (TI SBAS444) as this rig sets them."""

from typing import Final

CONVERSION: Final = 0
CONFIG: Final = 1

OS: Final = 0x8000  # written: start; read: no conversion is running
_SINGLE_ENDED_MUX: Final = 0x4000  # AIN0 against ground; the input number goes into bits 13..12
_PGA_4V096: Final = 0x0200
_SINGLE_SHOT: Final = 0x0100
_860_SPS: Final = 0x00E0
_COMPARATOR_OFF: Final = 0x0003

LSB_V: Final = 4.096 / 32768
CONVERSION_NS: Final = 1_320_000  # 1/860 s + 10 % + wake-up

GENERAL_CALL: Final = 0x00
RESET: Final = 0x06


def single_shot(channel: int) -> int:
    """The configuration word, without OS, that converts input `channel` once."""
    mux = _SINGLE_ENDED_MUX | channel << 12
    return mux | _PGA_4V096 | _SINGLE_SHOT | _860_SPS | _COMPARATOR_OFF
