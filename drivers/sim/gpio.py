"""A module-shaped object with RPi.GPIO's interface on a simulated pin header."""

from collections.abc import Iterable
from typing import Final

from drivers.sim.header import SimHeader


class SimGpio:
    """Pins as `RPi.GPIO` shows them."""

    BCM: Final = 11
    OUT: Final = 0
    IN: Final = 1
    LOW: Final = 0
    HIGH: Final = 1
    PUD_OFF: Final = 20
    PUD_DOWN: Final = 21
    PUD_UP: Final = 22

    def __init__(self, header: SimHeader) -> None:
        self._header = header
        self.input = header.get
        self.output = header.set

    def setwarnings(self, flag: bool) -> None:
        """Accepted; there are no warnings here."""

    def setmode(self, mode: int) -> None:
        """Only BCM numbers."""
        if mode != self.BCM:
            raise ValueError("only BCM numbering is simulated")

    def setup(
        self,
        channel: int | Iterable[int],
        direction: int,
        pull_up_down: int = PUD_OFF,
        initial: int = -1,
    ) -> None:
        """Make pins inputs or outputs."""
        for pin in [channel] if isinstance(channel, int) else channel:
            if direction == self.OUT:
                self._header.make_output(pin, max(initial, 0))
            else:
                self._header.make_input(pin, int(pull_up_down == self.PUD_UP))

    def cleanup(self, channels: Iterable[int] = ()) -> None:
        """Outputs become inputs."""
        for channel in channels or list(self._header.outputs):
            self._header.make_input(channel, 0)
