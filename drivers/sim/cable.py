"""A cable of too much capacitance between the bus and a device: edges rise too late."""

import errno
import os
import random
from typing import Final, Protocol

from drivers.sim.smbus import SimDevice

BAD_CABLE: Final = "bad_cable"
_GARBLED, _UNHEARD = 0.01, 0.02  # of a bad one; provisional


class Breakable(SimDevice, Protocol):
    """A device that can suffer from faults of its own."""

    def suffer(self, fault: str | None) -> None:
        """Break by a fault's name, or mend."""


class SimCable:
    """The device at its far end, whose bytes lose ones and whose acknowledgement gets lost.

    `garbled` is the share of bytes in which a one that follows a zero is seen as zero, in either
    direction; `unheard` that of transfers which are not acknowledged, at their address or, as
    often, in the midst of what is written.
    """

    def __init__(self, device: Breakable, *, seed: int = 0) -> None:
        self.garbled = self.unheard = 0.0
        self.garbled_bytes = 0
        self._device = device
        self._random = random.Random(seed)

    def suffer(self, fault: str | None) -> None:
        """Break, the cable itself or the device behind it, or mend both."""
        bad = fault == BAD_CABLE
        self.garbled, self.unheard = (_GARBLED, _UNHEARD) if bad else (0.0, 0.0)
        self._device.suffer(None if bad else fault)

    @property
    def answers(self) -> bool:
        """Whether its acknowledgement is seen."""
        return self._device.answers and not self._lost(self.unheard / 2)

    def begin(self) -> None:
        """The device is addressed."""
        self._device.begin()

    def receive(self, byte: int, t_ns: int) -> None:
        """A byte on its way to the device."""
        if self._lost(self.unheard / 2):
            raise OSError(errno.EREMOTEIO, os.strerror(errno.EREMOTEIO))
        self._device.receive(self._carried(byte), t_ns)

    def send(self, t_ns: int) -> int:
        """A byte on its way from the device."""
        return self._carried(self._device.send(t_ns))

    def general_call(self, byte: int) -> None:
        """Nothing behind it takes one."""

    def _carried(self, byte: int) -> int:
        if not self._lost(self.garbled):
            return byte
        late = byte & ~(byte >> 1)  # ones that follow a zero, or begin the byte
        self.garbled_bytes += late != 0
        return byte & ~late

    def _lost(self, share: float) -> bool:
        return self._random.random() < share
