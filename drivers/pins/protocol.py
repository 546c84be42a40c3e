"""What the drivers need of pins; numbers are BCM."""

from collections.abc import Sequence
from typing import Protocol


class Pins(Protocol):
    """A set of GPIO pins. A call must be short: a clock pulse is two `write` calls."""

    def claim_outputs(self, pins: Sequence[int], level: int) -> None:
        """Make `pins` outputs that start at `level`."""

    def claim_inputs(self, pins: Sequence[int]) -> None:
        """Make `pins` inputs with a pull-up, so that an unplugged line reads 1."""

    def pull(self, pin: int, level: int) -> None:
        """Pull an input to 0 or 1; what drives it is stronger."""

    def write(self, pin: int, level: int, /) -> None:
        """Set an output to 0 or 1."""

    def read(self, pin: int, /) -> int:
        """Get an input's level, 0 or 1."""

    def read_all(self, pins: Sequence[int]) -> Sequence[int]:
        """Get several inputs' levels, in the order asked for."""

    def close(self) -> None:
        """Give the pins back as inputs."""
