"""The columns of the raw CSV, in the order in which exports have them."""

from typing import Final

from rig.names import CELLS, CHANNELS, PADS

TIME: Final = "t_s"
FLAGS: Final = "flags"
AGES: Final = tuple(f"{channel}_age_us" for channel in CHANNELS)
CELLS_N: Final = tuple(f"{cell}_n" for cell in CELLS)
PADS_N: Final = tuple(f"{pad}_n" for pad in PADS)

RAW_COLUMNS: Final = (TIME, *CHANNELS, FLAGS, *AGES)
