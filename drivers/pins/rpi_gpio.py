"""Pins through the interface of RPi.GPIO.

That is the package itself (Raspberry Pi Zero 2 W, 3, 4), a module of the same shape, or the
simulated wire.
"""

import importlib
import sys
from collections.abc import Sequence
from typing import Any

from drivers.errors import PlatformError


class RpiGpioPins:
    """Pins behind a module shaped like `RPi.GPIO`, which is injected."""

    def __init__(self, gpio: Any) -> None:
        self._gpio = gpio
        gpio.setwarnings(False)
        gpio.setmode(gpio.BCM)
        self._claimed: list[int] = []
        self.write = gpio.output  # bound directly: 50 calls a conversion
        self.read = gpio.input

    def claim_outputs(self, pins: Sequence[int], level: int) -> None:
        """Make `pins` outputs that start at `level`."""
        for pin in pins:
            self._setup(pin, self._gpio.OUT, initial=level)
        self._claimed += pins

    def claim_inputs(self, pins: Sequence[int]) -> None:
        """Make `pins` inputs with a pull-up."""
        for pin in pins:
            self.pull(pin, 1)
        self._claimed += pins

    def pull(self, pin: int, level: int) -> None:
        """Pull an input to 0 or 1."""
        towards = self._gpio.PUD_UP if level else self._gpio.PUD_DOWN
        self._setup(pin, self._gpio.IN, pull_up_down=towards)

    def _setup(self, *args: Any, **kwargs: Any) -> None:
        try:
            self._gpio.setup(*args, **kwargs)
        except _errors() as error:  # the module's first setup opens /dev/gpiomem
            raise PlatformError(
                f"no access to the GPIO pins ({str(error).strip()}): end other programs that hold "
                "them, add this user to the group gpio (sudo usermod -aG gpio $USER) and log in "
                'again; on a Raspberry Pi 5 set backend = "gpiod" under [gpio]'
            ) from None

    def read_all(self, pins: Sequence[int]) -> Sequence[int]:
        """Get several inputs' levels; one call each, the interface has nothing better."""
        read = self.read
        return [read(pin) for pin in pins]

    def close(self) -> None:
        """Give the pins back as inputs."""
        if self._claimed:
            self._gpio.cleanup(self._claimed)
            self._claimed = []


def _errors() -> tuple[type[Exception], ...]:
    """What a module of this shape raises; those on lgpio have an error that is nothing else."""
    of_lgpio = getattr(sys.modules.get("lgpio"), "error", RuntimeError)
    return (RuntimeError, OSError, of_lgpio)


def open_rpi_gpio() -> RpiGpioPins:
    """The RPi.GPIO package; `PlatformError` says what to do where it cannot work."""
    try:
        return RpiGpioPins(importlib.import_module("RPi.GPIO"))
    except ImportError:
        raise PlatformError(
            "RPi.GPIO is not installed: on a Raspberry Pi, pip install 'hinge-rig[pi]'; "
            'elsewhere set platform = "sim"'
        ) from None
    except _errors() as error:  # its import fails so on anything but a Raspberry Pi
        raise PlatformError(
            f"RPi.GPIO does not work on this machine ({str(error).strip()}): "
            'only a Raspberry Pi has these pins; elsewhere set platform = "sim"'
        ) from None
