"""The simulated room: a DS18B20 as the kernel shows one."""

from pathlib import Path
from typing import Final

_CELSIUS: Final = 21.5


def lay_out_sensor(devices: Path) -> None:
    """Write the part of sysfs that a temperature sensor appears in."""
    sensor = devices / "28-000000000001"
    sensor.mkdir(parents=True, exist_ok=True)
    (sensor / "temperature").write_text(f"{_CELSIUS * 1000:.0f}\n", encoding="ascii")
