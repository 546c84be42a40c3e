"""Registers of the NAU7802 (Nuvoton data sheet, revision 1.7) as this rig sets them."""

from typing import Final

ADDRESS: Final = 0x2A  # fixed: several of them need a multiplexer

PU_CTRL: Final = 0x00
RESET: Final = 0x01
DIGITAL_ON: Final = 0x02
ANALOG_ON: Final = 0x04
POWERED_UP: Final = 0x08  # read only
CYCLE_START: Final = 0x10
CYCLE_READY: Final = 0x20  # read only: a conversion has ended that nobody has read
INTERNAL_SUPPLY: Final = 0x80
POWERED: Final = INTERNAL_SUPPLY | POWERED_UP | ANALOG_ON | DIGITAL_ON
"""What of PU_CTRL is set while the chip converts, and 0 after a reset. Nothing relies on
CYCLE_START staying set."""

CTRL1: Final = 0x01
_SUPPLY_3V0: Final = 0x28  # of the cell, and the converter's reference: 0.3 V below DVDD
GAIN_BITS: Final = {128: 0x07, 64: 0x06}

CTRL2: Final = 0x02
_80_SPS: Final = 0x30
CALIBRATE: Final = 0x04  # reads 1 until it has ended; the mode 0 is that of the chip's own offset
CALIBRATION_FAILED: Final = 0x08
RATE_80: Final = _80_SPS

OFFSET: Final = 0x03  # three bytes: what calibration found for the first input
ADC_RESULT: Final = 0x12  # three bytes, the highest first
_CHOPPER: Final = 0x15
_PGA_POWER: Final = 0x1C


def set_up(gain: int) -> tuple[tuple[int, int], ...]:
    """Registers and their values for one cell on the first input, 80 SPS, after a reset.

    The first two are gain and rate; they read back as written.
    """
    return (
        (CTRL1, _SUPPLY_3V0 | GAIN_BITS[gain]),
        (CTRL2, RATE_80),
        (_CHOPPER, 0x30),  # the chopper's clock is off
        (_PGA_POWER, 0x80),  # the capacitor on the second input smooths the first
    )
