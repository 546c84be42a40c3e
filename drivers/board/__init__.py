"""What sits on the box beside the converters: buzzer, status LED, button."""

from drivers.board.button import Button
from drivers.board.pattern_output import PatternOutput

__all__ = ["Button", "PatternOutput"]
