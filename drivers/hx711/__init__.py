"""HX711: 24-bit load-cell converters, read bit by bit over two pins each."""

from drivers.hx711.bank import Hx711Bank
from drivers.hx711.chip import Hx711
from drivers.hx711.states import ChipState

__all__ = ["ChipState", "Hx711", "Hx711Bank"]
