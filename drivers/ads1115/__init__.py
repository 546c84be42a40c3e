"""ADS1115: a 16-bit converter for up to four pads, scanned in single-shot mode."""

from drivers.ads1115.chip import Ads1115
from drivers.ads1115.scanner import PadScanner

__all__ = ["Ads1115", "PadScanner"]
