"""The temperature near the cells: a DS18B20 that the kernel shows under sysfs."""

import threading
from pathlib import Path
from typing import Final

_EVERY_NS: Final = 60_000_000_000
_AGAIN_NS: Final = 5_000_000_000  # while there is none: the kernel may still be finding it
_POWER_ON_MC: Final = 85_000  # what the sensor shows before its first conversion
_RANGE_MC: Final = (-55_000, 125_000)


class Thermometer:
    """`celsius` is the last reading, None without a sensor.

    A reading blocks for 0.75 s and so has a thread of its own; `look` never waits.
    """

    def __init__(self, devices: Path) -> None:
        self.celsius: float | None = None
        self._devices = devices
        self._looked_ns: int | None = None
        self._reading: threading.Thread | None = None

    def look(self, now_ns: int, *, idle: bool) -> None:
        """Begin a reading if one is due and the rig is `idle`: between sessions only."""
        wait_ns = _AGAIN_NS if self.celsius is None else _EVERY_NS
        due = self._looked_ns is None or now_ns - self._looked_ns >= wait_ns
        if idle and due and (self._reading is None or not self._reading.is_alive()):
            self._looked_ns = now_ns
            self._reading = threading.Thread(target=self._read, name="temperature")
            self._reading.start()

    def close(self) -> None:
        """Wait for a reading that is under way."""
        if self._reading is not None:
            self._reading.join()

    def _read(self) -> None:
        self.celsius = read_ds18b20(self._devices)


def read_ds18b20(devices: Path) -> float | None:
    """Degrees Celsius of the first DS18B20 (family 28); None where there is none or it failed."""
    for path in sorted(devices.glob("28-*/temperature")):
        try:
            millidegrees = int(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        if millidegrees != _POWER_ON_MC and _RANGE_MC[0] <= millidegrees <= _RANGE_MC[1]:
            return millidegrees / 1000
    return None
