"""A button between a pin and ground, debounced."""

from typing import Final

from drivers.pins import Pins

_STEADY_NS: Final = 30_000_000  # provisional: push buttons bounce for up to about 20 ms


class Button:
    """`step` is called with the time now and then; the pin is low while the button is pressed."""

    def __init__(self, pins: Pins, pin: int) -> None:
        self._pins, self._pin = pins, pin
        self.pressed = False
        self._changed_ns: int | None = None
        pins.claim_inputs([pin])

    def step(self, now_ns: int) -> bool:
        """Whether the button is pressed; a change counts when it has lasted for 30 ms."""
        pressed = not self._pins.read(self._pin)
        if pressed == self.pressed:
            self._changed_ns = None
        elif self._changed_ns is None:
            self._changed_ns = now_ns
        elif now_ns - self._changed_ns >= _STEADY_NS:
            self.pressed, self._changed_ns = pressed, None
        return self.pressed
