"""A TCA9548A (TI SCPS207): a multiplexer with one register, a bit for each segment behind it."""

from collections.abc import Iterator, Mapping
from typing import Any


class SimTca9548a:
    """Segments by channel, 0 to 7, each with its devices by address."""

    def __init__(self, segments: Mapping[int, Mapping[int, Any]]) -> None:
        self.unplugged = False
        self._segments = segments
        self.reset()

    def reset(self) -> None:
        """As after power-up: no segment is connected."""
        self._selected = 0

    def connected(self) -> Iterator[Mapping[int, Any]]:
        """The segments that are connected to the bus now."""
        for channel, devices in self._segments.items():
            if self._selected >> channel & 1:
                yield devices

    @property
    def answers(self) -> bool:
        """Whether it has power; without it forgets its selection."""
        if self.unplugged:
            self.reset()
        return not self.unplugged

    def begin(self) -> None:
        """Addressed; it has no register numbers."""

    def receive(self, byte: int, _t_ns: int) -> None:
        """Connect the segments whose bits are set, and no others."""
        self._selected = byte

    def send(self, _t_ns: int) -> int:
        """The bits."""
        return self._selected

    def general_call(self, byte: int) -> None:
        """It has none."""
