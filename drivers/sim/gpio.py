"""A module-shaped object with RPi.GPIO's interface, with simulated chips on its pins."""

from collections.abc import Callable, Iterable
from typing import Final

from drivers.sim.hx711 import SimHx711


class SimGpio:
    """Pins as `RPi.GPIO` shows them; chips are put on with `wire`.

    `now_ns` is the time of a call; `spend` is called before each input or output, so that virtual
    time can pass and preemption can strike; in real time it is not needed.
    """

    BCM: Final = 11
    OUT: Final = 0
    IN: Final = 1
    LOW: Final = 0
    HIGH: Final = 1
    PUD_OFF: Final = 20
    PUD_DOWN: Final = 21
    PUD_UP: Final = 22

    def __init__(self, now_ns: Callable[[], int], spend: Callable[[], None] | None = None) -> None:
        self.calls = 0
        self._now_ns = now_ns
        self._spend = spend
        self._by_sck: dict[int, SimHx711] = {}
        self._by_dout: dict[int, SimHx711] = {}
        self._levels: dict[int, int] = {}
        self._directions: dict[int, int] = {}

    def wire(self, chip: SimHx711, sck: int, dout: int) -> None:
        """Put a chip on two pins."""
        self._by_sck[sck] = chip
        self._by_dout[dout] = chip

    def setwarnings(self, flag: bool) -> None:
        """Accepted; there are no warnings here."""

    def setmode(self, mode: int) -> None:
        """Only BCM numbers."""
        if mode != self.BCM:
            raise ValueError("only BCM numbering is simulated")

    def setup(
        self, channel: int, direction: int, pull_up_down: int = PUD_OFF, initial: int = -1
    ) -> None:
        """Make a pin an input or an output."""
        self._directions[channel] = direction
        if direction == self.OUT and initial >= 0:
            self.output(channel, initial)
        elif direction == self.IN:
            self._levels.setdefault(channel, int(pull_up_down == self.PUD_UP))

    def output(self, channel: int, value: int) -> None:
        """Set an output."""
        if self._spend:
            self._spend()
        self.calls += 1
        if self._directions.get(channel) != self.OUT:
            raise RuntimeError(f"GPIO {channel} was not set up as an output")
        self._levels[channel] = value
        chip = self._by_sck.get(channel)
        if chip is not None:
            chip.sck(value, self._now_ns())

    def input(self, channel: int) -> int:
        """Get a pin's level."""
        if self._spend:
            self._spend()
        self.calls += 1
        chip = self._by_dout.get(channel)
        return self._levels.get(channel, 0) if chip is None else chip.dout(self._now_ns())

    def cleanup(self, channels: Iterable[int] = ()) -> None:
        """Forget directions; outputs become inputs."""
        for channel in channels or list(self._directions):
            self._directions[channel] = self.IN
