"""What is wrong with a choice of pins: used twice, reserved, or pulled the wrong way at boot."""

from collections.abc import Iterator, Mapping
from typing import Final

_FIRST_PULLED_DOWN: Final = 9
_RESERVED: Final = {
    0: "the ID EEPROM of add-on boards",
    1: "the ID EEPROM of add-on boards",
    2: "the I2C bus of the pads (SDA)",
    3: "the I2C bus of the pads (SCL)",
    14: "the serial console (UART TXD)",
    15: "the serial console (UART RXD)",
}


def pin_problems(
    cells: Mapping[str, tuple[int, int]], board: Mapping[str, int]
) -> list[tuple[str, str]]:
    """(Setting, what is wrong with it) for SCK and DOUT by cell and the board's pins by name."""
    wrong = []
    users: dict[int, str] = {}
    for setting, pin, is_sck in _uses(cells, board):
        if pin in _RESERVED:
            wrong.append((setting, f"GPIO {pin} is reserved for {_RESERVED[pin]}"))
        elif is_sck and pin < _FIRST_PULLED_DOWN:
            wrong.append((setting, _not_pulled_down(pin)))
        if pin in users:
            wrong.append((setting, f"GPIO {pin} is used by {users[pin]} already"))
        users[pin] = setting
    return wrong


def _uses(
    cells: Mapping[str, tuple[int, int]], board: Mapping[str, int]
) -> Iterator[tuple[str, int, bool]]:
    for cell, (sck, dout) in cells.items():
        yield f"pins.{cell}", sck, True
        yield f"pins.{cell}", dout, False
    for name, pin in board.items():
        yield f"board.{name}", pin, False


def _not_pulled_down(pin: int) -> str:
    return (
        f"SCK on GPIO {pin}: use {_FIRST_PULLED_DOWN} or above, the lower pins are pulled up at "
        "boot and put the chip to sleep"
    )
