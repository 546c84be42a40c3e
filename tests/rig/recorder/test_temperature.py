"""The temperature sensor: read between sessions, absent or broken without any harm."""

import pytest

from rig.recorder.temperature import Thermometer, read_ds18b20
from rig.simulation.room import lay_out_sensor

MINUTE_NS = 60_000_000_000


def write(tmp_path, text):
    sensor = tmp_path / "28-0123"
    sensor.mkdir()
    (sensor / "temperature").write_text(text)


def test_the_kernels_millidegrees_become_degrees(tmp_path):
    write(tmp_path, "-1125\n")
    assert read_ds18b20(tmp_path) == -1.125


@pytest.mark.parametrize("text", ["", "hello\n", "85000\n", "200000\n"])
def test_what_is_no_reading_is_none(tmp_path, text):
    write(tmp_path, text)
    assert read_ds18b20(tmp_path) is None


def test_without_a_sensor_there_is_none(tmp_path):
    assert read_ds18b20(tmp_path / "nowhere") is None


def test_it_is_read_between_sessions_once_a_minute(tmp_path):
    lay_out_sensor(tmp_path)
    thermometer = Thermometer(tmp_path)
    thermometer.look(0, idle=False)
    thermometer.close()
    assert thermometer.celsius is None
    thermometer.look(1, idle=True)
    thermometer.close()
    assert thermometer.celsius == 21.5
    (tmp_path / "28-000000000001" / "temperature").write_text("30000\n")
    thermometer.look(MINUTE_NS, idle=True)
    thermometer.close()
    assert thermometer.celsius == 21.5
    thermometer.look(MINUTE_NS + 1, idle=True)
    thermometer.close()
    assert thermometer.celsius == 30.0
