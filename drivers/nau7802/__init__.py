"""NAU7802: 24-bit load-cell converters on I2C, one a cell behind a multiplexer."""

from drivers.nau7802.bank import Nau7802Bank
from drivers.nau7802.chip import Nau7802
from drivers.nau7802.states import NauState

__all__ = ["Nau7802", "Nau7802Bank", "NauState"]
