"""Any number of NAU7802 behind one multiplexer, looked after together."""

from collections.abc import Callable, Sequence

from drivers.channels import ChannelReport
from drivers.clock import Clock
from drivers.conversion import Conversion
from drivers.i2c import Bus, I2c
from drivers.nau7802.chip import Nau7802
from drivers.nau7802.port import Port


class Nau7802Bank:
    """A chip on each of `channels` of a TCA9548A; `poll` looks at one that is due.

    A chip that does not answer costs the others a few transfers every 250 ms.
    """

    def __init__(
        self,
        open_bus: Callable[[], Bus],
        channels: Sequence[int],
        clock: Clock,
        *,
        mux_address: int = 0x70,
        gain: int = 128,
    ) -> None:
        self._i2c, self._now_ns = I2c(open_bus), clock.now_ns
        self.chips = [
            Nau7802(Port(self._i2c, mux_address, channel), clock, gain=gain) for channel in channels
        ]

    def open(self) -> None:
        """Open the bus; `PlatformError` where there is none."""
        self._i2c.open()

    def pulse_times(self) -> None:
        """None: there are no clock pins."""

    def aim(self, tick_ns: int) -> None:
        """Nothing: the chips convert by themselves."""

    def poll(self) -> list[tuple[int, Conversion]]:
        """Serve the chip that has been due for longest; (chip number, conversion) if one came in.

        One at a time: its transfers take half a millisecond, and pads want to be served, too.
        """
        number, chip = min(enumerate(self.chips), key=lambda item: item[1].due_ns)
        if self._now_ns() < chip.due_ns:
            return []
        conversion = chip.step()
        return [] if conversion is None else [(number, conversion)]

    @property
    def due_ns(self) -> int | None:
        """None: `poll` looks often enough, and only where something is due."""
        return None

    def report(self) -> Sequence[ChannelReport]:
        """Every chip's state, its own rate and its counters."""
        return [
            ChannelReport(
                "nau7802", chip.state.value, chip.counters.rate_sps, chip.counters.to_json()
            )
            for chip in self.chips
        ]

    def close(self) -> None:
        """Let go of the bus; the chips go on converting."""
        self._i2c.close()
