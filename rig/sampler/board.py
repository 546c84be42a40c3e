"""Buzzer, status LED and button of the rig; each is there only if its pin is set."""

from typing import Final

from drivers.board import Button, PatternOutput
from drivers.pins import Pins
from rig.config.schema import BUZZER_PATTERNS, BoardSection
from rig.handover.control_page import Buzz

_PRESSED: Final = 1  # bit 0 of a frame's inputs
_LED_OK: Final = (1000,)
_LED_FAULT: Final = (100, 400)


class Board:
    """Looked after once a tick, from `open` on."""

    def __init__(self, pins: Pins, config: BoardSection) -> None:
        self._pins, self._here = pins, config.pins()
        self._buzzer: PatternOutput | None = None
        self._led: PatternOutput | None = None
        self._button: Button | None = None
        self._buzz_number: int | None = None
        self._healthy: bool | None = None

    def open(self) -> None:
        """Claim the pins of what is there."""
        pins, here = self._pins, self._here
        self._buzzer = PatternOutput(pins, here["buzzer_pin"]) if "buzzer_pin" in here else None
        self._led = PatternOutput(pins, here["led_pin"]) if "led_pin" in here else None
        self._button = Button(pins, here["button_pin"]) if "button_pin" in here else None

    def step(self, now_ns: int) -> int:
        """Move the outputs on; the frame's input bits."""
        for output in (self._buzzer, self._led):
            if output is not None:
                output.step(now_ns)
        return _PRESSED if self._button is not None and self._button.step(now_ns) else 0

    def close(self) -> None:
        """Everything off."""
        for output in (self._buzzer, self._led):
            if output is not None:
                output.play((), 0)
                output.step(0)

    def buzz(self, request: Buzz, muted: bool, now_ns: int) -> None:
        """Play the control page's pattern once per number; nothing while muted.

        A number found there at the start is an old one.
        """
        if self._buzzer is None:
            return
        new = self._buzz_number is not None and request.number != self._buzz_number
        self._buzz_number = request.number
        if muted:
            self._buzzer.play((), now_ns)
        elif new:
            self._buzzer.play(BUZZER_PATTERNS[request.pattern], now_ns)

    def show_health(self, healthy: bool, now_ns: int) -> None:
        """LED steady when every channel runs, flashing when one does not."""
        if self._led is not None and healthy != self._healthy:
            self._healthy = healthy
            self._led.play(_LED_OK if healthy else _LED_FAULT, now_ns, repeat=True)
