"""The kernel's part of I2C and GPIO devices, simulated below the real packages smbus2 and gpiod.

Their Python runs as it is; only what they hand to the kernel, or to libgpiod, ends here.
"""

import errno
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from drivers.sim.header import SimHeader
from drivers.sim.smbus import BusFault, SimSMBus

I2C_TIMEOUT, I2C_SLAVE, I2C_FUNCS, I2C_SMBUS = 0x0702, 0x0703, 0x0705, 0x0720
_READ = 1
_BYTE, _BYTE_DATA, _WORD_DATA, _I2C_BLOCK = 1, 2, 3, 8
_FD = 4000


class KernelI2c:
    """`/dev/i2c-*` with the devices of a simulated bus."""

    def __init__(self, bus: SimSMBus) -> None:
        self.bus = bus
        self.opened: list[str] = []
        self.closed = 0
        self.timeouts: list[int] = []
        self._address = 0

    def install(self, monkeypatch: Any) -> None:
        """Let smbus2, and the driver's own ioctl, end here."""
        os_ = SimpleNamespace(open=self._open, close=self._close, O_RDWR=2)
        monkeypatch.setattr("smbus2.smbus2.os", os_)
        monkeypatch.setattr("smbus2.smbus2.ioctl", self._ioctl)
        monkeypatch.setattr("drivers.i2c.ioctl", self._ioctl)

    def _open(self, path: str, _flags: int) -> int:
        self.opened.append(path)
        return _FD

    def _close(self, _fd: int) -> None:
        self.closed += 1

    def _ioctl(self, fd: int, request: int, argument: Any) -> int:
        assert fd == _FD
        if request == I2C_TIMEOUT:
            self.timeouts.append(argument)
        elif request == I2C_SLAVE:
            if self.bus.fault is BusFault.TAKEN:
                raise OSError(errno.EBUSY, "Device or resource busy")
            self._address = argument
        elif request == I2C_SMBUS:
            self._transfer(argument)
        else:
            assert request == I2C_FUNCS
        return 0

    def _transfer(self, message: Any) -> None:
        reads, register = message.read_write == _READ, message.command
        data, address = message.data, self._address
        if message.size == _BYTE and not reads:
            self.bus.write_byte(address, register)
        elif message.size == _BYTE_DATA and reads:
            data.contents.byte = self.bus.read_byte_data(address, register)
        elif message.size == _BYTE_DATA:
            self.bus.write_byte_data(address, register, data.contents.byte)
        elif message.size == _WORD_DATA and reads:
            data.contents.word = self.bus.read_word_data(address, register)
        elif message.size == _WORD_DATA:
            self.bus.write_word_data(address, register, data.contents.word)
        else:
            assert (message.size, reads) == (_I2C_BLOCK, True)
            length = data.contents.byte
            values = self.bus.read_i2c_block_data(address, register, length)
            data.contents.block[1 : length + 1] = values


class KernelGpio:
    """What `gpiod._ext` reaches: chips by their path, lines on a simulated header."""

    def __init__(self, header: SimHeader, labels: dict[str, str]) -> None:
        self.header, self.labels = header, labels
        self.released: list[int] = []

    def install(self, monkeypatch: Any, ext: Any) -> None:
        """Let the package's extension module end here."""
        monkeypatch.setattr(ext, "Chip", lambda path: _Chip(self, path))
        monkeypatch.setattr(ext, "LineConfig", _LineConfig)
        monkeypatch.setattr(ext, "LineSettings", lambda **settings: SimpleNamespace(**settings))
        self.ext = ext


class _LineConfig:
    def __init__(self) -> None:
        self.settings: dict[int, Any] = {}

    def add_line_settings(self, offsets: list[int], settings: Any) -> None:
        self.settings |= dict.fromkeys(offsets, settings)


class _Chip:
    def __init__(self, kernel: KernelGpio, path: str) -> None:
        self.kernel, self.path = kernel, path

    def get_info(self) -> SimpleNamespace:
        return SimpleNamespace(label=self.kernel.labels[self.path], num_lines=54)

    def get_line_name(self, offset: int) -> str:
        return f"GPIO{offset}"

    def request_lines(self, config: _LineConfig, _consumer: str, _size: Any) -> "_Request":
        return _Request(self.kernel, self.path, config)

    def close(self) -> None:
        """Lines that were requested stay."""


class _Request:
    def __init__(self, kernel: KernelGpio, path: str, config: _LineConfig) -> None:
        self._kernel, self.chip_name = kernel, path
        self.offsets = list(config.settings)
        self.reconfigure_lines(config)

    def reconfigure_lines(self, config: _LineConfig) -> None:
        """A line that is not named falls back to the defaults, as in the kernel."""
        ext, header = self._kernel.ext, self._kernel.header
        for offset in self.offsets:
            settings = config.settings[offset]
            if settings.direction == ext.DIRECTION_OUTPUT:
                header.make_output(offset, int(settings.output_value == ext.VALUE_ACTIVE))
            else:
                header.make_input(offset, int(settings.bias == ext.BIAS_PULL_UP))

    def get_values(self, offsets: list[int], values: list[Any]) -> None:
        value = _value_type()
        for place, level in enumerate(self._kernel.header.get_all(offsets)):
            values[place] = value.ACTIVE if level else value.INACTIVE

    def set_values(self, values: dict[int, Any]) -> None:
        for offset, value in values.items():
            self._kernel.header.set(offset, int(value is _value_type().ACTIVE))

    def release(self) -> None:
        self._kernel.released += self.offsets


def _value_type() -> Any:
    from gpiod.line import Value

    return Value


def module_of(names: Any, make: Callable[[str], Any], name: str) -> Any:
    """A module with the public names of an object."""
    module = make(name)
    vars(module).update({one: getattr(names, one) for one in dir(names) if one[0] != "_"})
    return module
