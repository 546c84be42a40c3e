"""Which library reaches the pins of this Raspberry Pi."""

import re
from pathlib import Path
from typing import Final

from drivers.pins.gpiod import open_gpiod
from drivers.pins.protocol import Pins
from drivers.pins.rpi_gpio import open_rpi_gpio

_MODEL: Final = Path("/proc/device-tree/model")


def open_pins(backend: str, model: Path = _MODEL) -> Pins:
    """Pins by `rpi-gpio` or `gpiod`; `auto` takes gpiod on a Raspberry Pi 5, else RPi.GPIO.

    `PlatformError` says what is missing and what to do.
    """
    if backend == "gpiod" or (backend == "auto" and _has_rp1(model)):
        return open_gpiod()
    return open_rpi_gpio()


def _has_rp1(model: Path) -> bool:
    """A Raspberry Pi 5 (500, Compute Module 5) has its pins behind the RP1."""
    try:
        text = model.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r"(Pi|Module) 5", text) is not None
