"""What sits on the box beside the converters: buzzer, status LED, button."""

from drivers.board.button import Button
from drivers.board.signal import Signal

__all__ = ["Button", "Signal"]
