"""Pins through gpiod 2.x: the kernel's character devices (Raspberry Pi 5)."""

import errno
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from drivers.errors import PlatformError

_LABELS: Final = ("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835")  # Pi 5; 4; older ones
_CONSUMER: Final = "hinge-rig"
_DEVICES: Final = Path("/dev")


class GpiodPins:
    """Pins of one GPIO chip, behind a module shaped like `gpiod`, which is injected.

    Line offsets of these chips are BCM numbers. Pins claimed together are one request.
    """

    def __init__(self, gpiod: Any, chip_path: str) -> None:
        self._gpiod, self._chip_path = gpiod, chip_path
        line = gpiod.line
        self._values = (line.Value.INACTIVE, line.Value.ACTIVE)
        self._biases = (line.Bias.PULL_DOWN, line.Bias.PULL_UP)
        self._active = line.Value.ACTIVE
        self._requests: dict[int, Any] = {}
        self._pulls: dict[int, int] = {}

    def claim_outputs(self, pins: Sequence[int], level: int) -> None:
        """Make `pins` outputs that start at `level`."""
        settings = self._gpiod.LineSettings(
            direction=self._gpiod.line.Direction.OUTPUT, output_value=self._values[level]
        )
        self._request(pins, {tuple(pins): settings})

    def claim_inputs(self, pins: Sequence[int]) -> None:
        """Make `pins` inputs with a pull-up."""
        self._pulls.update(dict.fromkeys(pins, 1))
        self._request(pins, {tuple(pins): self._input(1)})

    def pull(self, pin: int, level: int) -> None:
        """Pull an input to 0 or 1; a request takes the settings of all its lines at once."""
        self._pulls[pin] = level
        request = self._requests[pin]
        fellows = [other for other, its in self._requests.items() if its is request]
        request.reconfigure_lines({other: self._input(self._pulls[other]) for other in fellows})

    def write(self, pin: int, level: int, /) -> None:
        """Set an output to 0 or 1."""
        self._requests[pin].set_value(pin, self._values[level])

    def read(self, pin: int, /) -> int:
        """Get an input's level."""
        return int(self._requests[pin].get_value(pin) == self._active)

    def read_all(self, pins: Sequence[int]) -> Sequence[int]:
        """Get the levels of inputs that were claimed together; one call."""
        active = self._active
        return [int(value == active) for value in self._requests[pins[0]].get_values(pins)]

    def close(self) -> None:
        """Give the pins back to the kernel; it leaves them as they are."""
        for request in set(self._requests.values()):
            request.release()
        self._requests = {}

    def _input(self, pull: int) -> Any:
        return self._gpiod.LineSettings(
            direction=self._gpiod.line.Direction.INPUT, bias=self._biases[pull]
        )

    def _request(self, pins: Sequence[int], config: dict[tuple[int, ...], Any]) -> None:
        try:
            request = self._gpiod.request_lines(self._chip_path, consumer=_CONSUMER, config=config)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            raise PlatformError(
                errno.EBUSY,
                f"GPIO {', '.join(map(str, pins))}: another program holds one of them; "
                "`gpioinfo` names it",
            ) from None
        self._requests.update(dict.fromkeys(pins, request))


def open_gpiod() -> GpiodPins:
    """The gpiod package on the header's chip; `PlatformError` says what to do without."""
    try:
        gpiod = importlib.import_module("gpiod")
    except ImportError:
        raise PlatformError(
            "gpiod is not installed: pip install 'hinge-rig[pi]' (version 2 or newer)"
        ) from None
    if not hasattr(gpiod, "request_lines"):
        raise PlatformError("gpiod is version 1: pip install 'gpiod>=2.1' into this environment")
    return GpiodPins(gpiod, find_header_chip(gpiod, sorted(_DEVICES.glob("gpiochip*"))))


def find_header_chip(gpiod: Any, devices: Sequence[Path]) -> str:
    """The device whose label is that of the pin header's chip; numbers differ by kernel."""
    denied: list[str] = []
    for device in devices:
        try:
            with gpiod.Chip(str(device)) as chip:
                if chip.get_info().label in _LABELS:
                    return str(device)
        except PermissionError:
            denied.append(str(device))
    if denied:
        raise PlatformError(
            f"no permission for {', '.join(denied)}: add this user to the group gpio "
            "(sudo usermod -aG gpio $USER) and log in again"
        )
    raise PlatformError(
        f"no GPIO chip labelled {' or '.join(_LABELS)} on this machine: only a Raspberry Pi has "
        'these pins; elsewhere set platform = "sim"'
    )
