"""One cell through the PyPI package `hx711`: for comparison at the bench only, never for data.

It delivers wrong values now and then, drops the codes 0 and -1, hides saturation, knows no times
and waits for ever for a dead chip (`docs/benchmarks.md`).
"""

import importlib
from typing import Any

from drivers.errors import PlatformError


class PypiCell:
    """A chip read by a module of the package's shape, which is injected."""

    def __init__(self, module: Any, sck: int, dout: int, *, gain: int = 128) -> None:
        self._device = module.HX711(dout, sck, gain)

    def read(self) -> list[int]:
        """Two conversions, the fewest that it gives; waits for them."""
        return [int(value) for value in self._device.get_raw_data(times=2)]


def import_pypi_hx711() -> Any:
    """The package; `PlatformError` where it or the RPi.GPIO that it needs is missing."""
    try:
        return importlib.import_module("hx711")
    except (ImportError, RuntimeError) as error:
        raise PlatformError(
            f"the PyPI package hx711 cannot be used here ({str(error).strip()}): it needs RPi.GPIO "
            "on a Raspberry Pi up to 4; pip install 'hinge-rig[pi]'"
        ) from None
