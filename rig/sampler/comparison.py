"""Read one cell through somebody else's driver, to compare it with ours at the bench."""

from typing import Any

from drivers.clock import Clock, SystemClock
from drivers.hx711.pypi import PypiCell, import_pypi_hx711
from rig.config import Config


def read_for_comparison(
    config: Config,
    cell: str,
    seconds: float,
    clock: Clock | None = None,
    module: Any = None,
) -> list[int]:
    """Raw counts of `cell` by the PyPI package `hx711` for so long; no other driver may run.

    `PlatformError` where the package cannot work. Clock and package may be injected.
    """
    clock = clock or SystemClock()
    sck, dout = config.pins.pairs()[cell]
    device = PypiCell(module or import_pypi_hx711(), sck, dout, gain=config.cells.gain)
    values: list[int] = []
    end_ns = clock.now_ns() + round(seconds * 1e9)
    while clock.now_ns() < end_ns:
        values += device.read()
    return values
