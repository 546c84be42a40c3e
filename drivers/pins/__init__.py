"""Ways to the GPIO pins, all behind one small protocol."""

from drivers.pins.protocol import Pins

__all__ = ["Pins"]
