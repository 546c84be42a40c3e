"""Settings: one table of them, read from defaults, file, environment and command line."""

from rig.config.load import load_config
from rig.config.schema import Config

__all__ = ["Config", "load_config"]
