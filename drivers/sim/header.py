"""A simulated pin header: chips and switches on pins, whatever library reaches them."""

from collections.abc import Callable

from drivers.sim.hx711 import SimHx711


class SimHeader:
    """Pins with simulated chips, put on with `wire`.

    `now_ns` is the time of a call; `spend` is called before each input or output, so that virtual
    time can pass and preemption can strike; in real time it is not needed.
    """

    def __init__(
        self,
        now_ns: Callable[[], int],
        spend: Callable[[], None] | None = None,
        *,
        settles_ns: int = 0,
    ) -> None:
        self.calls = 0
        self.driven: dict[int, int] = {}
        """Inputs that something simple drives, a switch for instance."""
        self.outputs: dict[int, int] = {}
        """Levels of the outputs."""
        self.ties: list[tuple[SimHx711, SimHx711]] = []
        """Chips whose data lines touch: a low of either wins."""
        self._now_ns, self._spend = now_ns, spend
        self._by_sck: dict[int, list[SimHx711]] = {}
        self._by_dout: dict[int, SimHx711] = {}
        self._pulls: dict[int, int] = {}
        self._settles_ns = settles_ns
        self._lines: dict[int, _Line] = {}

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
        self._level(pin)

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
        line = self._lines.setdefault(pin, _Line())
        return line.level(
            self._driven(pin), self._pulls.get(pin, 0), self._now_ns(), self._settles_ns
        )

    def _driven(self, pin: int) -> int | None:
        chip = self._by_dout.get(pin)
        if chip is None:
            return self.driven.get(pin)
        if not self.ties:
            return chip.dout(self._now_ns())
        touching = {id(one): one for tie in self.ties for one in tie if chip in tie}
        levels = [one.dout(self._now_ns()) for one in (touching or {0: chip}).values()]
        return min((level for level in levels if level is not None), default=None)


class _Line:
    """A wire with some capacitance."""

    def __init__(self) -> None:
        self._level = 1
        self._since_ns: int | None = None  # when it was first seen undriven away from its pull

    def level(self, driven: int | None, pull: int, t_ns: int, settles_ns: int) -> int:
        """What is read at `t_ns`, by who drives it and where it is pulled to."""
        if driven is not None or self._level == pull:
            self._level, self._since_ns = pull if driven is None else driven, None
            return self._level
        if self._since_ns is None:
            self._since_ns = t_ns
        if t_ns - self._since_ns >= settles_ns:
            self._level, self._since_ns = pull, None
        return self._level
