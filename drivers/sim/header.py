"""A simulated pin header: chips and switches on pins, whatever library reaches them."""

from collections.abc import Callable

from drivers.sim.hx711 import SimHx711


class SimHeader:
    """Pins with simulated chips, put on with `wire`.

    `now_ns` is the time of a call; `spend` is called before each input or output, so that virtual
    time can pass and preemption can strike; in real time it is not needed.
    """

    def __init__(self, now_ns: Callable[[], int], spend: Callable[[], None] | None = None) -> None:
        self.calls = 0
        self.driven: dict[int, int] = {}
        """Inputs that something simple drives, a switch for instance."""
        self.outputs: dict[int, int] = {}
        """Levels of the outputs."""
        self._now_ns, self._spend = now_ns, spend
        self._by_sck: dict[int, list[SimHx711]] = {}
        self._by_dout: dict[int, SimHx711] = {}
        self._pulls: dict[int, int] = {}

    def wire(self, chip: SimHx711, sck: int, dout: int) -> None:
        """Put a chip on two pins; several may share an SCK."""
        self._by_sck.setdefault(sck, []).append(chip)
        self._by_dout[dout] = chip

    def make_output(self, pin: int, level: int) -> None:
        """Turn a pin into an output."""
        self.outputs.setdefault(pin, level)
        self.set(pin, level)

    def make_input(self, pin: int, pull: int) -> None:
        """Turn a pin into an input that is pulled to a level."""
        self.outputs.pop(pin, None)
        self._pulls[pin] = pull

    def set(self, pin: int, level: int) -> None:
        """Set an output; one call."""
        self._pass_time()
        if pin not in self.outputs:
            raise RuntimeError(f"GPIO {pin} was not set up as an output")
        self.outputs[pin] = level
        for chip in self._by_sck.get(pin, ()):
            chip.sck(level, self._now_ns())

    def get(self, pin: int) -> int:
        """Get a pin's level; one call."""
        self._pass_time()
        return self._level(pin)

    def get_all(self, pins: list[int]) -> list[int]:
        """Get several pins' levels at one time; one call."""
        self._pass_time()
        return [self._level(pin) for pin in pins]

    def _pass_time(self) -> None:
        if self._spend:
            self._spend()
        self.calls += 1

    def _level(self, pin: int) -> int:
        if pin in self.outputs:
            return self.outputs[pin]
        chip = self._by_dout.get(pin)
        driven = self.driven.get(pin) if chip is None else chip.dout(self._now_ns())
        return self._pulls.get(pin, 0) if driven is None else driven
